"""Reading papers from the rows of tables with the columns of various programs.

A kind of table is a module that implements `Table`, listed in TABLES.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from assistant.papers.readers.tables import (
    columns,
    embase,
    exported,
    publish_or_perish,
    pubmed,
    scopus,
    springer,
    wos,
)
from assistant.papers.record import Record


class Row(Protocol):
    """A function that returns the paper in a row, or the reason why there is none."""

    def __call__(self, cells: Mapping[str, str], source: str, where: str) -> Record:
        """Read the cells, given by column name."""


class Table(Protocol):
    """The interface of a kind of table."""

    def row_reader(self, header: Sequence[str]) -> Row | None:
        """Return the reader of rows under this header; None if the header is of another kind."""


# The first kind that recognises a header reads the rows.
TABLES: tuple[Table, ...] = (
    exported,
    scopus,
    wos,
    pubmed,
    embase,
    springer,
    publish_or_perish,
    columns,
)


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row is a header with columns for papers."""
    return _row_reader(cells) is not None


def table_records(
    header: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], source: str
) -> Iterator[Record]:
    """Yield a record per row that is not blank.

    Args:
        header: the names of the columns, without a byte order mark.
        rows: the position of each row in the file, and its cells.
        source: the name of the file.
    """
    read_row = _row_reader(header)
    if read_row is None:
        return
    # If several columns have the same name, the first is used.
    names = [name.strip() for name in header]
    for where, row in rows:
        if any(map(str.strip, row)):
            cells = dict(zip(reversed(names[: len(row)]), reversed(row[: len(names)]), strict=True))
            yield read_row(cells, source, where)


def _row_reader(header: Sequence[str]) -> Row | None:
    names = [name.strip() for name in header]
    readers = (table.row_reader(names) for table in TABLES)
    return next(filter(None, readers), None)
