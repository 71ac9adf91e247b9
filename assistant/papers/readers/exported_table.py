"""Reader of the CSV files that `assistant papers export` writes."""

from collections.abc import Iterator, Mapping

from assistant.papers.details import paper_from_parts
from assistant.papers.files.document import Document
from assistant.papers.parsing.csv_rows import csv_rows
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.record import Record, Skipped
from assistant.papers.text_lists import split_names, split_texts
from assistant.papers.writers.csv_table import EXTRA, HEADER, unescape_formula

NAME = "CSV exported by this program"
EXTENSIONS = (".csv",)
RECOGNISED_BY = "the columns of `assistant papers export`"
READS = "all fields, as they were exported"

_LISTS = ("authors", "editors", "keywords", "ids", EXTRA)


def recognises(document: Document) -> bool:
    """Return whether the first line is the header of an export."""
    return document.start.startswith(",".join(HEADER))


def read(document: Document) -> Iterator[Record]:
    """Yield a record per row."""
    rows = csv_rows(f"{line}\n" for line in document.lines())
    _, header = next(rows, (0, []))
    for number, row in rows:
        if any(row):
            cells = dict(zip(header, row, strict=False))
            yield record_of_row(cells, document.name, f"line {number}")


def is_exported(header: list[str]) -> bool:
    """Return whether a table has the columns of an export."""
    return set(HEADER) <= set(header)


def record_of_row(row: Mapping[str, str], source: str, where: str) -> Record:
    """Return the paper in a row. Its text is already plain, so no markup is stripped."""
    cells = {name: unescape_formula(row.get(name, "")) for name in (*HEADER, EXTRA)}
    paper = paper_from_parts(
        {
            **{name: text for name, text in cells.items() if name not in _LISTS},
            "keywords": split_texts(cells["keywords"]),
            "ids": _pairs(cells["ids"]),
            "extra": _pairs(cells[EXTRA]),
        },
        source,
        authors=split_names(cells["authors"]),
        editors=split_names(cells["editors"]),
    )
    return paper or Skipped(source, NO_TITLE, where)


def _pairs(cell: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in split_texts(cell) if ":" in pair)
