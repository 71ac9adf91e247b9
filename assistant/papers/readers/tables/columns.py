"""Tables whose column names stand for fields of a paper."""

from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.columns import columns_of
from assistant.papers.parsing.fields.detail_columns import detail_columns_of
from assistant.papers.parsing.records import record_from_columns
from assistant.papers.record import Record

# A header without an abstract needs this many paper columns besides the title.
_MIN_OTHER_COLUMNS = 2
# Columns that only papers have: films and bookmarks have titles, years and addresses too.
_SURE = frozenset(("abstract", "doi"))
_OF_PAPERS = frozenset(("authors", "doi", "arxiv_id"))


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if there are a title and columns that only papers have."""
    columns = columns_of(header)
    details = detail_columns_of(header)
    others = columns.keys() - {"title"}
    count = len(others) + ("venue" in details)
    is_bibliography = count >= _MIN_OTHER_COLUMNS and bool(others & _OF_PAPERS)
    if "title" not in columns or not (others & _SURE or is_bibliography):
        return None

    def read(cells: Mapping[str, str], source: str, where: str) -> Record:
        return record_from_columns(
            {column: cells[name] for column, name in columns.items() if name in cells},
            source,
            where,
            {detail: cells[name] for detail, name in details.items() if name in cells},
        )

    return read
