"""Folding: texts without case and accents, for comparison."""

import unicodedata

# Letters that Unicode does not decompose into a letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ı": "i"}
)


def folded(text: str) -> str:
    """Return a text in lower case without accents and superscripts: ``frechet`` for Fréchet."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
