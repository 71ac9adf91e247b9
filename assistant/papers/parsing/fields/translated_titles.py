"""Titles that PubMed has translated."""

import re

_TRANSLATED = re.compile(r"\s*\[(?P<title>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\.?\s*")


def without_brackets(title: str) -> str:
    """Return a title without the brackets around it, which mark a translation."""
    translated = _TRANSLATED.fullmatch(title)
    return translated.group("title") if translated else title
