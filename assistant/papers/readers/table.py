"""Reader of tables with a header, delimited by commas, tabs, semicolons or bars."""

import csv
from collections.abc import Iterator
from itertools import islice

from assistant.papers.files.document import Document
from assistant.papers.parsing.csv_rows import csv_rows
from assistant.papers.readers.tables import is_header, table_records
from assistant.papers.record import Record

NAME = "CSV or TSV with a header"
EXTENSIONS = (".csv", ".tsv")
RECOGNISED_BY = (
    "a line that names a title and an abstract or DOI, or a title and two more columns: the first "
    "one, or one of at least five columns after a few lines about the export"
)
READS = (
    "all fields, also under the names that Dimensions, Embase, IEEE Xplore, Publish or Perish, "
    "PubMed, Scopus, SpringerLink, Web of Science and Zotero use; separated by commas, tabs, "
    "semicolons or vertical bars"
)

_DELIMITERS = ",\t;|"
# Spreadsheets may declare the delimiter in a line before the header.
_DELIMITER_DECLARATION = "sep="
# Some programs write lines about the export before the header. Such a line of prose has fewer
# columns than a header.
_MAX_LINES_BEFORE = 10
_MIN_COLUMNS = 5


def recognises(document: Document) -> bool:
    """Return whether one of the first lines is a header with columns for papers."""
    return _header(document) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per row."""
    start, delimiter = _header(document) or (0, ",")
    lines = (f"{line}\n" for line in islice(document.lines(), start, None))
    rows = ((number + start, row) for number, row in csv_rows(lines, delimiter))
    _, header = next(rows, (0, []))
    yield from table_records(
        header, ((f"line {number}", row) for number, row in rows), document.name
    )


def _header(document: Document) -> tuple[int, str] | None:
    """Return the number of lines before the header, and the delimiter; None without a header."""
    is_first = True
    for number, line in enumerate(document.start.split("\n")[:_MAX_LINES_BEFORE]):
        if not line.strip() or line.lower().startswith(_DELIMITER_DECLARATION):
            continue
        for sign in _DELIMITERS:
            if _is_header(line, sign) and (is_first or line.count(sign) >= _MIN_COLUMNS - 1):
                return number, sign
        is_first = False
    return None


def _is_header(line: str, delimiter: str) -> bool:
    try:
        return is_header(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return False
