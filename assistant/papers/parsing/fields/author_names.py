"""Split and normalise the author lists of bibliographies."""

import re

_AND = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)
_COMMA_AND = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?", re.IGNORECASE)
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


def natural_name(name: str) -> str:
    """Return a name with the last name last: ``Frost, Ada`` becomes ``Ada Frost``."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        last, suffix, first = parts
        return f"{first} {last} {suffix}"
    return " ".join([*parts[1:], *parts[:1]])


def _has_last_names_last(text: str) -> bool:
    """Distinguish "Ada Frost, Bo Melt and Cy Ice" from "Frost, Ada and Melt, Bo"."""
    parts = [part.strip() for part in _COMMA_AND.split(text)]
    return "," in text and all(" " in part for part in parts if part)
