"""Reader of tables with a header, delimited by commas, tabs, semicolons or bars."""

import csv
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.csv_rows import csv_rows
from assistant.papers.readers.tables import is_header, table_records
from assistant.papers.record import Record

NAME = "CSV or TSV with a header"
EXTENSIONS = (".csv", ".tsv")
RECOGNISED_BY = "a first line that names a title and an abstract, or a title and two more columns"
READS = (
    "all fields, also under the names that Scopus and Web of Science use; separated by "
    "commas, tabs, semicolons or vertical bars"
)

_DELIMITERS = ",\t;|"
# Spreadsheets may declare the delimiter in a line before the header.
_DELIMITER_DECLARATION = "sep="


def recognises(document: Document) -> bool:
    """Return whether the first line is a header with columns of papers."""
    return _delimiter(document) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per row."""
    rows = csv_rows(_from_header(document), _delimiter(document) or ",")
    _, header = next(rows, (0, []))
    yield from table_records(
        header, ((f"line {number}", row) for number, row in rows), document.name
    )


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
        return is_header(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return False
