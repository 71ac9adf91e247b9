"""Tables of Publish or Perish: the results of a search in Google Scholar."""

from collections.abc import Callable, Mapping, Sequence

from assistant.papers.readers.tables import columns
from assistant.papers.record import Record

_RANK, _VENUE, _SNIPPET = "GSRank", "Source", "Abstract"


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if there is a column with the rank of a result.

    The abstracts are snippets, so none is read.
    """
    if _RANK not in header:
        return None
    names = ["venue" if name == _VENUE else name for name in header if name != _SNIPPET]
    read_row = columns.row_reader(names)
    if read_row is None:
        return None

    def read(cells: Mapping[str, str], source: str, where: str) -> Record:
        return read_row({**cells, "venue": cells.get(_VENUE, "")}, source, where)

    return read
