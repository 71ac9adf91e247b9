"""Distinguishing ISSNs from ISBNs in fields that may contain either."""

import re
from collections.abc import Iterable

_ISSN = re.compile(r"(?<![\dX-])\d{4}-?\d{3}[\dX](?![\dX-])", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\dX-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX](?![\dX])", re.IGNORECASE)


def serial_numbers(texts: Iterable[str]) -> dict[str, str]:
    """Return the first ISBN and the first ISSN in the texts, by kind, for `Paper.ids`."""
    found: dict[str, str] = {}
    for text in texts:
        if isbn := _ISBN.search(text):
            found.setdefault("isbn", isbn.group())
        elif issn := _ISSN.search(text):
            found.setdefault("issn", issn.group())
    return found
