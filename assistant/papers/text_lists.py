"""Lists of texts in a single table cell, separated by semicolons.

A text with a special character is enclosed in braces; inside, braces and backslashes are escaped
with a backslash.
"""

import re
from collections.abc import Iterable

from assistant.papers.names import Name
from assistant.papers.paper import Paper

_ITEM = re.compile(r"\s*(?:\{((?:[^\\{}]|\\.)*)\}|([^;]*?))\s*(?:;|$)")
_SPECIAL = re.compile(r"[;{}\\]")


def join_texts(texts: Iterable[str]) -> str:
    """Return a list of texts as one text."""
    return "; ".join(_enclosed(text) if _SPECIAL.search(text) else text for text in texts)


def split_texts(text: str) -> list[str]:
    """Return the texts in a list made by `join_texts`, without empty ones."""
    return [item for item, _ in _items(text)]


def join_names(paper: Paper, names: Iterable[Name]) -> str:
    """Return the names of a paper's authors or editors as one text.

    A name whose parts cannot be guessed is written with the family name first. A name without parts
    that looks like a person's is enclosed in braces.
    """
    return "; ".join(_written(name, is_known=name in paper.names) for name in names)


def split_names(text: str) -> list[str | Name]:
    """Return the names in a list made by `join_names`."""
    return [
        Name(literal=item) if is_enclosed else Name.from_inverted(item) if "," in item else item
        for item, is_enclosed in _items(text)
    ]


def _written(name: Name, is_known: bool) -> str:
    whole = str(name)
    if is_known and not name.literal and Name.from_inverted(name.inverted) == name:
        whole = name.inverted
    elif "," in whole or (is_known and name.literal):
        return _enclosed(whole)
    return _enclosed(str(name)) if _SPECIAL.search(whole) else whole


def _enclosed(text: str) -> str:
    return "{" + re.sub(r"[\\{}]", r"\\\g<0>", text) + "}"


def _items(text: str) -> Iterable[tuple[str, bool]]:
    for item in _ITEM.finditer(text):
        enclosed, bare = item.groups()
        if enclosed is not None:
            yield re.sub(r"\\(.)", r"\1", enclosed), True
        elif bare:
            yield bare, False
