"""Reader of the plain text that Web of Science exports."""

import re
from collections.abc import Iterable, Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.tagged_lines import Fields
from assistant.papers.readers.tables.wos import record_of_fields
from assistant.papers.record import Record

NAME = "Web of Science plain text"
EXTENSIONS = (".txt", ".ciw", ".isi")
RECOGNISED_BY = "lines `FN ` and `VR `, or `PT J` before authors"
READS = "all fields"

_START = re.compile(r"^(?:FN .*\nVR |PT [A-Z]\n(?:AU|BA|CA|BE|GP|TI) )", re.MULTILINE)
_TAGGED = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*)")
_END, _FILE_TAGS = "ER", ("EF", "FN", "VR")
# Tags whose continuation lines are further values.
_LISTS = ("AU", "AF", "BA", "BF", "BE", "CA", "GP", "ED")


def recognises(document: Document) -> bool:
    """Return whether the document has the beginning of an export or of a record."""
    return _START.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per publication."""
    for number, fields in _entries(document.lines()):
        yield record_of_fields(fields, document.name, f"line {number}")


def _entries(lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
    first, fields, tag = 0, Fields(), ""
    for number, line in enumerate(lines, start=1):
        tagged = _TAGGED.fullmatch(line)
        if tagged and tagged.group(1) == _END:
            if fields:
                yield first, fields
            fields, tag = Fields(), ""
        elif tagged and tagged.group(1) not in _FILE_TAGS:
            first = first if fields else number
            tag = tagged.group(1)
            fields.setdefault(tag, []).append((tagged.group(2) or "").strip())
        elif tag and line.strip():
            if tag in _LISTS:
                fields[tag].append(line.strip())
            else:
                fields[tag][-1] += f" {line.strip()}"
    if fields:
        yield first, fields
