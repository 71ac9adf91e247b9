"""Splitting and normalising the author lists of bibliographies."""

import re
from collections.abc import Iterator

from assistant.papers.names import Name

_AND = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)
_COMMA_AND = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,3}")
# A name of two or three capitals without dots may be a family name: "Wei LI".
_CERTAIN_INITIALS = re.compile(r"[^\W\d_a-z]|(?:[^\W\d_a-z]\.-?)+")
_DOTTED_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.-?)+")
# Such as "(ORCID 0000-0001-2345-6789)".
_PERSON_NUMBER = re.compile(r"\s*\([^()]*[0-9][^()]*\)")
# Footnote marks after names.
_MARKS = " \n*†‡§¶"
_NUMBER = re.compile(r"\s+[0-9]{4}$")
_ET_AL = re.compile(r"(?<![\s,;])(?:[\s,;]+(?:and|&))?[\s,;]+et\.? al\b\.?\s*$", re.IGNORECASE)
_OTHERS = {"others", "et al", "et al."}


def split_authors(text: str) -> tuple[str, ...]:
    """Split a list such as ``A. Frost, B. Melt and C. Ice`` or ``Frost, A.; Melt, B.``.

    Names may also be separated by bars, line ends or, if the family name comes first, just commas.
    Footnote marks and person ids are removed. Names are returned with the family name last.
    """
    text = without_et_al(_PERSON_NUMBER.sub("", text)).strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    separator = next((sign for sign in ";|" if sign in text), None)
    if separator is None and not _COMMA_AND.search(text):
        separator = "\n"
    if separator is not None:
        names = text.split(separator)
    elif _has_last_names_last(text):
        names = _COMMA_AND.split(text)
    else:
        names = [name for part in _AND.split(text) for name in _pairs(part)]
    names = [name.strip(_MARKS) for name in names]
    has_initials = _have_initials_last(names)
    return tuple(
        str(_with_initials_last(name)) if has_initials else natural_name(name)
        for name in names
        if name.strip(" .,") and name.casefold() not in _OTHERS
    )


def without_et_al(names: str) -> str:
    """Return a list of names without "et al." or "and et al." at its end."""
    return _ET_AL.sub("", names)


def _pairs(text: str) -> list[str]:
    """Split names with the family name first at every other comma: ``Frost, A., Melt, B.``."""
    parts = text.strip(" ,").split(",")
    if len(parts) < 4 or len(parts) % 2:
        return [text]
    return [",".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _have_initials_last(names: list[str]) -> bool:
    """Return whether there are several names and all look like ``Frost AB``, not ``Wei LI``."""
    last = [name.rpartition(" ")[2] for name in names if " " in name and "," not in name]
    return (
        len(last) == len(list(filter(None, names))) > 1
        and all(map(_INITIALS.fullmatch, last))
        and any(map(_CERTAIN_INITIALS.fullmatch, last))
    )


def names_in_entry(text: str) -> Iterator[str | Name]:
    """Yield the name in a field for a single author, or all names if a program wrote several.

    Several names are separated by semicolons, or by ``and`` if each has its family name first.
    """
    names = text.split(";") if ";" in text else _AND.split(text)
    if ";" not in text and not all("," in name for name in names):
        names = [text]
    for name in map(str.strip, names):
        if name.strip(".,") and name.casefold() not in _OTHERS:
            if "," in name:
                yield Name.from_inverted(name)
            elif " " in name and _DOTTED_INITIALS.fullmatch(name.rpartition(" ")[2]):
                yield _with_initials_last(name)
            else:
                yield name


def _with_initials_last(name: str) -> Name:
    """Parse a name such as ``Frost AB``."""
    family, _, initials = name.strip().rpartition(" ")
    return Name.from_inverted(f"{family}, {initials}")


def natural_name(name: str) -> str:
    """Return a name with the family name last: ``Frost, Ada`` becomes ``Ada Frost``."""
    if "," not in name:
        return " ".join(name.split())
    return str(Name.from_inverted(name))


def _has_last_names_last(text: str) -> bool:
    """Distinguish "Ada Frost, Bo Melt and Cy Ice" from "Frost, Ada and Melt, Bo"."""
    parts = [part.strip() for part in _COMMA_AND.split(text)]
    return "," in text and all(" " in part for part in parts if part)


def person_name(name: str) -> str:
    """Return a name without the number that DBLP adds to distinguish people of the same name."""
    return _NUMBER.sub("", name)
