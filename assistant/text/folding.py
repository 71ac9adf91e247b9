"""Folding: removing case and accents from texts, for comparison."""

import unicodedata

_PLAIN = {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ı": "i"}
LETTERS = str.maketrans(
    _PLAIN | {letter.upper(): plain.upper() for letter, plain in _PLAIN.items() if letter != "ı"}
)
"""Plain forms of letters that Unicode does not decompose into a letter and an accent."""


def folded(text: str) -> str:
    """Return a text in lower case without accents and superscripts: ``frechet`` for Fréchet."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
