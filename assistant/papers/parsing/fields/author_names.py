"""Split and normalise the author lists of bibliographies."""

import re
from collections.abc import Iterator

from assistant.papers.names import Name

_AND = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)
_COMMA_AND = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_OTHERS = {"others", "et al", "et al."}


def split_authors(text: str) -> tuple[str, ...]:
    """Split a list such as ``A. Frost, B. Melt and C. Ice`` or ``Frost, A.; Melt, B.``.

    Each name is returned with the last name last.
    """
    if ";" in text:
        names = text.split(";")
    elif _has_last_names_last(text):
        names = _COMMA_AND.split(text)
    else:
        names = _AND.split(text)
    return tuple(
        natural_name(name)
        for name in names
        if name.strip(" .,") and name.strip().casefold() not in _OTHERS
    )


def names_in_entry(text: str) -> Iterator[str | Name]:
    """Yield the name in an author field for one name, or those that a program wrote into it.

    Several names are separated by semicolons, or by ``and`` if each has its family name first.
    """
    names = text.split(";") if ";" in text else _AND.split(text)
    if ";" not in text and not all("," in name for name in names):
        names = [text]
    for name in names:
        if name.strip(" .,") and name.strip().casefold() not in _OTHERS:
            yield Name.from_inverted(name) if "," in name else name


def natural_name(name: str) -> str:
    """Return a name with the last name last: ``Frost, Ada`` becomes ``Ada Frost``."""
    if "," not in name:
        return " ".join(name.split())
    return str(Name.from_inverted(name))


def _has_last_names_last(text: str) -> bool:
    """Distinguish "Ada Frost, Bo Melt and Cy Ice" from "Frost, Ada and Melt, Bo"."""
    parts = [part.strip() for part in _COMMA_AND.split(text)]
    return "," in text and all(" " in part for part in parts if part)
