"""Identifies the language of a question."""

from assistant.text.languages import LANGUAGES, load_identifier

# Of the development questions, none of 2,694 in English reaches 0.62 for another language, and all
# eight in other languages reach 0.97 for their own (docs/design/broad-questions.md).
_MIN_PROBABILITY = 0.7


def foreign_language(question: str) -> str | None:
    """Return the English name of a question's language; None for English or if it is unclear."""
    code, probability = load_identifier().classify(question)
    return LANGUAGES.get(code) if probability >= _MIN_PROBABILITY else None
