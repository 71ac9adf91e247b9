"""Fields that a BibTeX entry inherits from another one through ``crossref`` and ``xdata``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\b(?:crossref|xdata)\s*=\s*([{\"]?)([^{}\"=]*)", re.IGNORECASE)
_KEY = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]\s*([^\s,{}=\"]+)\s*,")
# The fields that a child inherits from the volume it is part of. BibLaTeX inherits nearly all
# fields, but the DOI, address, abstract and pages of a volume are not those of its chapters.
_OF_VOLUME = (
    *("editor", "publisher", "organization", "institution", "school", "langid", "language"),
    *("year", "date", "month", "day", "volume", "number", "issue", "isbn", "issn", "series"),
)
_JOURNAL_FIELDS = ("journal", "journaltitle", "booktitle")
_PERIODICALS = frozenset(("periodical", "article", "suppperiodical"))
# The maximum number of parents of an entry; limits recursion.
_MAX_PARENTS = 50
_CHAPTER_BY_AUTHOR_OF_BOOK = "inbook"


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it appears in the file.

    Attributes:
        type: the entry type, such as ``article``.
        key: the key as written.
        fields: values by case-folded name.
    """

    type: str
    key: str
    fields: Mapping[str, str]


def referenced_keys(text: str) -> Iterator[str]:
    """Yield the case-folded keys that the entries in a text refer to."""
    for field in _FIELD.finditer(text):
        value = field.group(2) if field.group(1) else field.group(2).split(",")[0]
        yield from _keys(value)


def key_of(text: str) -> str:
    """Return the case-folded key of the entry that a text begins with; empty if there is none."""
    found = _KEY.match(text)
    return found.group(1).casefold() if found else ""


def with_inherited(entry: RawEntry, parents: Mapping[str, RawEntry]) -> Mapping[str, str]:
    """Return the fields of an entry, including inherited ones; its own take precedence.

    Args:
        entry: the child.
        parents: the entries that others refer to, by case-folded key. Cycles are allowed.
    """
    return _with_inherited(entry, parents, {entry.key.casefold()})


def _with_inherited(
    entry: RawEntry, parents: Mapping[str, RawEntry], seen: set[str]
) -> Mapping[str, str]:
    fields = dict(entry.fields)
    for data in _unseen(fields.get("xdata", ""), parents, seen):
        fields = {**_with_inherited(data, parents, seen), **fields}
    for volume in _unseen(fields.get("crossref", ""), parents, seen):
        inherited = _with_inherited(volume, parents, seen)
        fields = {**_of_volume(entry.type, volume.type, inherited), **fields}
        if not any(fields.get(name) for name in _JOURNAL_FIELDS):
            is_periodical = volume.type.casefold() in _PERIODICALS
            fields["journal" if is_periodical else "booktitle"] = inherited.get("title", "")
    return fields


def _unseen(references: str, parents: Mapping[str, RawEntry], seen: set[str]) -> Iterator[RawEntry]:
    for key in _keys(references):
        if key in parents and key not in seen and len(seen) < _MAX_PARENTS:
            seen.add(key)
            yield parents[key]


def _of_volume(child: str, parent: str, fields: Mapping[str, str]) -> dict[str, str]:
    names = [*_OF_VOLUME, *_JOURNAL_FIELDS]
    if child.casefold() == _CHAPTER_BY_AUTHOR_OF_BOOK and parent.casefold() == "book":
        names.append("author")
    return {name: fields[name] for name in names if fields.get(name)}


def _keys(value: str) -> Iterator[str]:
    yield from filter(None, (key.strip().casefold() for key in value.split(",")))
