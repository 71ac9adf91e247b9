"""Quotations: what stands between quotation marks in an answer must stand so in a source."""

import re
from collections.abc import Sequence

# A few words between quotation marks are a term, not a quotation.
_FEWEST_WORDS = 4
_QUOTED = re.compile(r"(?<!\w)[\"“”„]([^\"“”„]+)[\"“”]")
_WORD = re.compile(r"\w+")


def missing_quotations(text: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the quotations of a text, of four or more words, that stand in none of some sources.

    Only the words count, not the marks between them nor their case.
    """
    said = [_words(source) for source in sources]
    quoted = (match[1].strip() for match in _QUOTED.finditer(text))
    return tuple(
        quotation
        for quotation in quoted
        if len(_WORD.findall(quotation)) >= _FEWEST_WORDS
        and not any(_words(quotation) in source for source in said)
    )


def _words(text: str) -> str:
    """Return the words of a text, a blank around each, so that none is found within another."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
