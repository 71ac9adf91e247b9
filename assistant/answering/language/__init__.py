"""Questions in other languages: translated into English, and the answer translated back."""

from assistant.answering.language.identify import foreign_language
from assistant.answering.language.translate import in_english, translate_events
from assistant.text.languages import load_identifier

__all__ = ["foreign_language", "in_english", "load_identifier", "translate_events"]
