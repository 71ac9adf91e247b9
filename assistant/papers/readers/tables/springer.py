"""Tables of search results that SpringerLink exports.

There are no abstracts, and no separators between the authors: ``Ada FrostBo Melt``.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

_COLUMNS = {"Item Title", "Item DOI", "Authors"}


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if the columns are those of SpringerLink."""
    return _record if set(header) >= _COLUMNS else None


def _record(cells: Mapping[str, str], source: str, where: str) -> Record:
    def text(name: str) -> str:
        return cells.get(name, "").strip()

    return make_record(
        source,
        where,
        title=text("Item Title"),
        abstract=None,
        authors=_separated(text("Authors")),
        year=text("Publication Year"),
        url=text("URL"),
        doi=text("Item DOI"),
        type=type_of(text("Content Type")),
        venue=text("Publication Title"),
        volume=text("Journal Volume"),
        issue=text("Journal Issue"),
        extra={"series": text("Book Series Title")},
    )


def _separated(names: str) -> list[str]:
    """Split names where a capital follows a small letter, unless the name is then a single word.

    ``Ada McFrostBo Melt`` has two names: "Frost" belongs to the first.
    """
    ends = [at for at in range(1, len(names)) if names[at - 1].islower() and names[at].isupper()]
    found: list[str] = []
    for start, end in zip([0, *ends], [*ends, len(names)], strict=True):
        piece = names[start:end].strip()
        if found and " " not in piece:
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found
