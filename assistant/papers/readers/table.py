"""Reader of tables with a header, delimited by commas, tabs, semicolons or bars."""

import csv
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.csv_rows import csv_rows
from assistant.papers.parsing.fields.columns import columns_of
from assistant.papers.parsing.fields.detail_columns import detail_columns_of
from assistant.papers.parsing.records import record_from_columns
from assistant.papers.readers.exported_table import is_exported, record_of_row
from assistant.papers.record import Record

NAME = "CSV or TSV with a header"

_DELIMITERS = ",\t;|"
# Spreadsheets may declare the delimiter in a line before the header.
_DELIMITER_DECLARATION = "sep="
# A header without an abstract needs this many columns of a paper besides the title.
_MIN_OTHER_COLUMNS = 2


def recognises(document: Document) -> bool:
    """Return whether the first line is a header with columns of papers."""
    return _delimiter(document) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per row."""
    rows = csv_rows(_from_header(document), _delimiter(document) or ",")
    _, header = next(rows, (0, []))
    places = {column: header.index(name) for column, name in columns_of(header).items()}
    detail_places = {
        detail: header.index(name) for detail, name in detail_columns_of(header).items()
    }
    for number, row in rows:
        where = f"line {number}"
        if is_exported(header):
            yield record_of_row(dict(zip(header, row, strict=False)), document.name, where)
        elif any(map(str.strip, row)):
            cells = {column: row[at] for column, at in places.items() if at < len(row)}
            details = {name: row[at] for name, at in detail_places.items() if at < len(row)}
            yield record_from_columns(cells, document.name, where, details)


def _from_header(document: Document) -> Iterator[str]:
    """Yield the lines from the header on, with their line ends."""
    before_header = True
    for line in document.lines():
        before_header = before_header and (
            not line.strip() or line.lower().startswith(_DELIMITER_DECLARATION)
        )
        if not before_header:
            yield f"{line}\n"


def _delimiter(document: Document) -> str | None:
    lines = (line for line in document.start.split("\n") if line.strip())
    first = next(
        (line for line in lines if not line.lower().startswith(_DELIMITER_DECLARATION)), ""
    )
    return next((sign for sign in _DELIMITERS if _is_header(first, sign)), None)


def _is_header(line: str, delimiter: str) -> bool:
    try:
        columns = set(columns_of(next(csv.reader([line], delimiter=delimiter), [])))
    except csv.Error:
        return False
    others = columns - {"title"}
    return "title" in columns and ("abstract" in columns or len(others) >= _MIN_OTHER_COLUMNS)
