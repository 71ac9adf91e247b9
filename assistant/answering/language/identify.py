"""Identifies the language of a question."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages that a question may be asked in besides English, by ISO 639-1 code."""

# None of 2,694 English development questions reaches 0.62 for another language; all eight in other
# languages reach 0.97 for theirs (docs/design/broad-questions.md).
_MIN_PROBABILITY = 0.7


def foreign_language(question: str) -> str | None:
    """Return the English name of a question's language; None for English, or if it is unclear."""
    code, probability = load_identifier().classify(question)
    return LANGUAGES.get(code) if probability >= _MIN_PROBABILITY else None


@cache
def load_identifier() -> "LanguageIdentifier":
    """Return the identifier of languages; the first call takes most of a second."""
    from py3langid import langid

    path = str(langid.MODEL_DIR / langid.MODEL_FILE)
    identifier = langid.LanguageIdentifier.from_modelpath(path, norm_probs=True)
    identifier.set_languages(["en", *LANGUAGES])
    return identifier
