"""Correction of typing errors in questions, towards the words of the library."""

from assistant.retrieval.spelling.correct import (
    CorrectedText,
    Correction,
    correct_spelling,
    is_unknown,
    words_of,
)

__all__ = ["CorrectedText", "Correction", "correct_spelling", "is_unknown", "words_of"]
