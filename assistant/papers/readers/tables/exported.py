"""Tables that `assistant papers export` writes, even if they were edited in a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence

from assistant.papers.readers.exported_table import is_exported, record_of_row
from assistant.papers.record import Record


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows of an export."""
    return record_of_row if is_exported(list(header)) else None
