"""Questions in other languages: asked of the abstracts in English, answered in their language."""

from assistant.answering.language.identify import foreign_language, load_identifier
from assistant.answering.language.translate import translate_events, translate_question

__all__ = ["foreign_language", "load_identifier", "translate_events", "translate_question"]
