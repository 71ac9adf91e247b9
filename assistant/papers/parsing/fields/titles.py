"""Titles with subtitles, and titles translated by PubMed."""

import re

_TRANSLATED = re.compile(r"\s*\[(?P<title>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\.?\s*")


def without_brackets(title: str) -> str:
    """Return a title without the enclosing brackets that mark a translation."""
    translated = _TRANSLATED.fullmatch(title)
    return translated.group("title") if translated else title


def with_subtitle(title: str | None, subtitle: str | None) -> str:
    """Return a title with its subtitle, unless the title already contains it."""
    title, subtitle = (title or "").strip(), (subtitle or "").strip()
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{' ' if title.endswith(('?', '!', '.', ':')) else ': '}{subtitle}"
