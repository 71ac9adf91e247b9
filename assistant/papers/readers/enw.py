"""Reader of refer, the format of EndNote's .enw files and of Google Scholar's EndNote links."""

import re
from collections.abc import Iterable, Iterator

from assistant.papers.extra_fields import renamed
from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import Fields, first_value
from assistant.papers.record import Record

NAME = "EndNote refer (.enw)"
EXTENSIONS = (".enw", ".refer")
RECOGNISED_BY = "lines `%0 ` or `%A `, and `%T `"
READS = "all fields"

_TAGGED = re.compile(r"%([0-9A-Z@!^$&<>()\[\]?~=+#*])(?: +(.*)|\s*)")
_TITLE = re.compile(r"^%T \S", re.MULTILINE)
_OTHER = re.compile(r"^%[0A] \S", re.MULTILINE)
_TYPE_TAG = "0"
_EXTRA = {
    "Z": "note",
    "C": "address",
    "S": "series",
    "7": "edition",
    "!": "shorttitle",
    "6": "volumes",
    "9": "type",
    "L": "library",
    "+": "affiliation",
    "[": "urldate",
    "~": "database",
}
"""The tags that are kept as extra fields, with the names of these fields."""


def recognises(document: Document) -> bool:
    """Return whether there is a line with a title, and one with a type or an author."""
    start = document.start
    return _TITLE.search(start) is not None and _OTHER.search(start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per reference."""
    has_types = re.search(rf"^%{_TYPE_TAG} ", document.start, re.MULTILINE) is not None
    for number, fields in _entries(document.lines(), has_types):
        addresses = fields.get("U", [])
        yield make_record(
            document.name,
            f"line {number}",
            title=first_value(fields, "T"),
            abstract=first_value(fields, "X"),
            authors=map(bibliography_name, fields.get("A", [])),
            year=first_value(fields, "D", "8"),
            url=first_value(fields, "U"),
            doi=first_value(fields, "R"),
            arxiv_id=find_arxiv_id(" ".join([*addresses, *fields.get("M", [])])),
            type=type_of(first_value(fields, _TYPE_TAG)),
            venue=first_value(fields, "J", "B"),
            published=_date(fields),
            volume=first_value(fields, "V"),
            issue=first_value(fields, "N"),
            pages=first_value(fields, "P"),
            publisher=first_value(fields, "I"),
            keywords=[word for text in fields.get("K", []) for word in text.split("; ")],
            citation_key=first_value(fields, "F"),
            language=first_value(fields, "G"),
            editors=map(bibliography_name, fields.get("E", [])),
            ids=serial_numbers(fields.get("@", [])),
            extra=renamed({tag: " ".join(values) for tag, values in fields.items()}, _EXTRA),
        )


def _entries(lines: Iterable[str], has_types: bool) -> Iterator[tuple[int, Fields]]:
    """Yield each reference as the number of its first line and the values by tag.

    A type begins a reference; without types, a blank line ends it. A line without a tag continues
    the line before it; after a keyword, it is another keyword.
    """
    first, fields, tag = 0, Fields(), ""
    for number, line in enumerate(lines, start=1):
        tagged = _TAGGED.fullmatch(line)
        ends = (tagged and tagged.group(1) == _TYPE_TAG) if has_types else not line.strip()
        if ends and fields:
            yield first, fields
            fields, tag = Fields(), ""
        if tagged:
            first = first if fields else number
            tag = tagged.group(1)
            fields.setdefault(tag, []).append((tagged.group(2) or "").strip())
        elif line.strip() and tag == "K":
            fields[tag].append(line.strip())
        elif line.strip() and tag:
            fields[tag][-1] = f"{fields[tag][-1]} {line.strip()}".strip()
    if fields:
        yield first, fields


def _date(fields: Fields) -> str:
    date, year = first_value(fields, "8"), first_value(fields, "D")
    return date if year in date else f"{date} {year}"
