"""Rescuing the papers that can still be read from a damaged catalogue."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.library.backup.sqlite_pages import Pages
from assistant.library.catalogue.paper_rows import COLUMNS, paper_from_row
from assistant.library.storage.read_only import PrivateCopy
from assistant.papers import Paper
from assistant.papers.paper import DETAILS

# The PDF, and the page with its abstract, are not rescued.
_PDF = (None, None)
_BASIC = len(COLUMNS.split(", ")) - len(DETAILS) - len(_PDF)
# A row has the number, the basic columns, the hash, whether it is indexed, and then the columns of
# later schema versions: all details except the last, the search texts, and the last detail. Rows of
# other tables are shorter.
_SHORTEST_ROW = _BASIC + 3
_LATER = len(DETAILS) + 3


@dataclass(frozen=True, slots=True)
class Rescued:
    """The papers of a damaged catalogue.

    Attributes:
        papers: the papers that could be read, in the order in which they were added.
        changed: how many of these do not match their stored hash.
        stored: how many papers the catalogue had; None if that cannot be read.
    """

    papers: tuple[Paper, ...]
    changed: int
    stored: int | None


def rescue_papers(catalogue: Path) -> Rescued:
    """Return all papers of a catalogue that can be read, however damaged the file is.

    Raises:
        OSError: the file cannot be read at all.
    """
    data = catalogue.read_bytes()
    log = catalogue.with_name(f"{catalogue.name}-wal")
    wal = log.read_bytes() if log.exists() else b""
    found: dict[int, tuple[Paper, bool]] = {}
    # A changed or removed paper may still have old records. Records on later pages, and those with
    # a correct hash, take precedence.
    for number, values in Pages.of(data, wal).records():
        paper = _paper(values)
        if paper and (number not in found or paper[1] or not found[number][1]):
            found[number] = paper
    numbers = _numbers(catalogue)
    if numbers is not None:
        found = {number: paper for number, paper in found.items() if number in numbers}
    papers = [found[number] for number in sorted(found)]
    return Rescued(
        tuple(paper for paper, _ in papers),
        sum(not is_intact for _, is_intact in papers),
        None if numbers is None else len(numbers),
    )


def _paper(values: Sequence[object]) -> tuple[Paper, bool] | None:
    """Return the paper in a row, and whether its hash is correct; None for rows of other tables."""
    if len(values) < _SHORTEST_ROW:
        return None
    _, *rest = values
    basic, (content_hash, _), later = rest[:_BASIC], rest[_BASIC : _BASIC + 2], rest[_BASIC + 2 :]
    if not all(isinstance(basic[at], str) for at in (0, 1, 2, 3, 8)):
        return None
    later = (later + [None] * _LATER)[:_LATER]
    try:
        paper = paper_from_row([*basic, *later[: len(DETAILS) - 1], later[-1], *_PDF])
    except (ValueError, TypeError, AttributeError, KeyError):
        return None
    return paper, paper.content_hash() == content_hash


def _numbers(catalogue: Path) -> frozenset[int] | None:
    """Return the numbers of the papers, from an index; None if the index is damaged, too."""
    with closing(PrivateCopy(catalogue)) as copy:
        try:
            with closing(sqlite3.connect(copy.path)) as db:
                return frozenset(_ids(db))
        except sqlite3.Error:
            return None


def _ids(db: sqlite3.Connection) -> Iterator[int]:
    # The unique index on the ids contains the numbers as well.
    for number, _ in db.execute(
        "SELECT number, id FROM papers INDEXED BY sqlite_autoindex_papers_1 ORDER BY id"
    ):
        yield int(number)
