"""Listings of the papers: searched as one types, in a scope, in an order, a page at a time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.library.catalogue import Catalogue
from assistant.library.scope import EVERYTHING, Scope, sql_condition
from assistant.papers import Paper

Order = Literal["best", "newest", "oldest", "title", "source"]
ORDERS: tuple[Order, ...] = get_args(Order)

_WORD = re.compile(r"\w+")
_IN_SQL: Mapping[Order, str] = {
    "best": "papers.number DESC",
    "newest": "papers.year DESC NULLS LAST, papers.number DESC",
    "oldest": "papers.year ASC NULLS LAST, papers.number DESC",
    "title": "papers.title COLLATE NOCASE, papers.number",
    "source": "papers.source COLLATE NOCASE, papers.number DESC",
}
# As the retrieval weighs them: a word in the title counts twice.
_BY_RELEVANCE = "bm25(words, 2.0, 1.0), papers.number DESC"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which papers are listed, and in which order.

    Attributes:
        search: what somebody is typing: papers with all these words, of the last its beginning.
        scope: the papers to search among.
        order: ``best`` is by relevance when something is searched, else the latest added first.
    """

    search: str = ""
    scope: Scope = EVERYTHING
    order: Order = "best"

    @property
    def is_everything(self) -> bool:
        """Whether all papers are listed."""
        return not self.scope and not _WORD.search(self.search)


@dataclass(frozen=True, slots=True)
class ListedPapers:
    """A page of a listing.

    Attributes:
        papers: of this page, in order.
        first: the place of the first of them in the whole listing, from 1; 0 if there are none.
        total: how many papers are listed on all pages.
    """

    papers: tuple[Paper, ...]
    first: int
    total: int


def list_papers(catalogue: Catalogue, listing: Listing, *, page: int, size: int) -> ListedPapers:
    """Return one page of a listing; only its papers are read.

    Args:
        catalogue: of the library.
        listing: what is listed.
        page: from 1; one beyond the last is the last.
        size: how many papers a page holds.
    """
    found, values = _query(catalogue, listing)
    [(count,)] = catalogue.rows(f"SELECT COUNT(*) {found}", *values)
    total = int(str(count))
    start = min(max(page - 1, 0), max(total - 1, 0) // size) * size
    ids = _ids(catalogue, listing, found, values, f"LIMIT {size} OFFSET {start}")
    papers = {paper.id: paper for paper in catalogue.papers(ids)}
    # Another process may remove a paper between the two queries.
    listed = tuple(papers[id_] for id_ in ids if id_ in papers)
    return ListedPapers(listed, start + 1 if listed else 0, total)


def listed_ids(catalogue: Catalogue, listing: Listing) -> list[str]:
    """Return the ids of all papers of a listing, in order."""
    return _ids(catalogue, listing, *_query(catalogue, listing))


def count_by_year(catalogue: Catalogue) -> dict[int, int]:
    """Return how many papers are from each year, the latest first."""
    rows = catalogue.rows(
        "SELECT year, COUNT(*) FROM papers WHERE year IS NOT NULL GROUP BY year ORDER BY year DESC"
    )
    return {int(str(year)): int(str(count)) for year, count in rows}


def count_by_source(catalogue: Catalogue) -> dict[str, int]:
    """Return how many papers are from each source, the most first."""
    rows = catalogue.rows(
        "SELECT source, COUNT(*) AS count FROM papers GROUP BY source ORDER BY count DESC, source"
    )
    return {str(source): int(str(count)) for source, count in rows}


def _ids(
    catalogue: Catalogue, listing: Listing, found: str, values: list[str], limit: str = ""
) -> list[str]:
    relevant = listing.order == "best" and "MATCH" in found
    order = _BY_RELEVANCE if relevant else _IN_SQL[listing.order]
    rows = catalogue.rows(f"SELECT papers.id {found} ORDER BY {order} {limit}", *values)
    return [str(row[0]) for row in rows]


def _query(catalogue: Catalogue, listing: Listing) -> tuple[str, list[str]]:
    """Return the SQL after the columns, up to the order, and the values of its marks."""
    condition, scope_values = sql_condition(listing.scope)
    words = _WORD.findall(listing.search)
    if not words:
        return f"FROM papers WHERE {condition}", [*scope_values]
    joined = f"FROM words JOIN papers ON papers.number = words.rowid WHERE {condition}"
    *whole, last = words
    typed = " ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
    matching = f"{joined} AND words MATCH ?"
    if catalogue.rows(f"SELECT 1 {matching} LIMIT 1", *scope_values, typed):
        return matching, [*scope_values, typed]
    # The word index holds stems, and a half-typed "generatio" is not the beginning of "gener".
    begins = "instr(lower(' ' || papers.title || ' ' || papers.abstract), ?)"
    beginning = f" {last.lower()}"
    if whole:
        return f"{matching} AND {begins}", [*scope_values, " ".join(typed.split()[:-1]), beginning]
    return f"FROM papers WHERE {condition} AND {begins}", [*scope_values, beginning]
