"""Checks that quotations in a sentence occur verbatim in a source."""

import re
from collections.abc import Sequence

# Fewer words in quotation marks are treated as a term, not a quotation.
_MIN_WORDS = 4
_QUOTED = re.compile(r"(?<!\w)[\"“”„]([^\"“”„]+)[\"“”]")
_WORD = re.compile(r"\w+")


def missing_quotations(text: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the quotations of four or more words in a text that occur in no source.

    Only the words are compared; punctuation and case are ignored.
    """
    source_words = [_words(source) for source in sources]
    quotations = (match[1].strip() for match in _QUOTED.finditer(text))
    return tuple(
        quotation
        for quotation in quotations
        if len(_WORD.findall(quotation)) >= _MIN_WORDS
        and not any(_words(quotation) in words for words in source_words)
    )


def _words(text: str) -> str:
    """Return the words of a text, each surrounded by spaces so that only whole words match."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
