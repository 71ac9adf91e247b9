"""Questions in other languages: translated into English, and the answer translated back."""

from assistant.answering.language.identify import foreign_language
from assistant.answering.language.translate import translate_events, translate_question
from assistant.text.languages import load_identifier

__all__ = ["foreign_language", "load_identifier", "translate_events", "translate_question"]
