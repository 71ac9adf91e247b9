"""Browsing: search as you type, filter, sort and paginate the papers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.library.catalogue import Catalogue
from assistant.library.scope import EVERYTHING, Scope, sql_condition
from assistant.papers import Paper

Order = Literal["best", "newest", "oldest", "title", "source"]
ORDERS: tuple[Order, ...] = get_args(Order)

_WORD = re.compile(r"\w+")
_SQL_ORDER: Mapping[Order, str] = {
    "best": "papers.number DESC",
    "newest": "papers.year DESC NULLS LAST, papers.number DESC",
    "oldest": "papers.year ASC NULLS LAST, papers.number DESC",
    "title": "papers.title COLLATE NOCASE, papers.number",
    "source": "papers.source COLLATE NOCASE, papers.number DESC",
}
# A word in the title counts twice, as in retrieval.
_SCORES = (
    "LEFT JOIN (SELECT rowid AS number, bm25(words, 2.0, 1.0) AS score FROM words "
    "WHERE words MATCH ?) AS text_score USING (number) "
    "LEFT JOIN (SELECT rowid AS number, bm25(metadata_words) AS score FROM metadata_words "
    "WHERE metadata_words MATCH ?) AS metadata_score USING (number)"
)
_BY_RELEVANCE = "ifnull(text_score.score, 0) + ifnull(metadata_score.score, 0), papers.number DESC"
_HAS_WORD = (
    "papers.number IN (SELECT rowid FROM words WHERE words MATCH ? "
    "UNION SELECT rowid FROM metadata_words WHERE metadata_words MATCH ?)"
)
_HAS_PREFIX = "instr(lower(' ' || papers.title || ' ' || papers.abstract), ?)"


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """A selection of papers and their order.

    Attributes:
        search: words that must all occur in the title, the abstract, the names of authors and
            editors, or other metadata. The last one may be a prefix: the user may still be typing
            it.
        scope: the papers to search among.
        order: ``best`` is by relevance if there is a search, otherwise most recently added first.
    """

    search: str = ""
    scope: Scope = EVERYTHING
    order: Order = "best"

    @property
    def matches_all(self) -> bool:
        """Whether the query selects all papers."""
        return not self.scope and not _WORD.search(self.search)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of the papers that match a query.

    Attributes:
        papers: the papers of this page, in order.
        first: the position of the first of them among all matches, from 1; 0 if there are none.
        total: the number of papers on all pages.
    """

    papers: tuple[Paper, ...]
    first: int
    total: int


def find_page(catalogue: Catalogue, query: BrowseQuery, *, page: int, size: int) -> PaperPage:
    """Return one page of the papers that match a query. Only the papers on the page are read.

    Args:
        catalogue: the library's catalogue.
        query: the papers and their order.
        page: the page number, from 1. A number past the last page gives the last page.
        size: the number of papers on a page.
    """
    clause, values = _sql(catalogue, query)
    [(count,)] = catalogue.rows(f"SELECT COUNT(*) {clause}", *values)
    total = int(str(count))
    start = min(max(page - 1, 0), max(total - 1, 0) // size) * size
    ids = _ids(catalogue, query, clause, values, f"LIMIT {size} OFFSET {start}")
    papers = {paper.id: paper for paper in catalogue.papers(ids)}
    # Another process may have removed a paper since the ids were read.
    listed = tuple(papers[id_] for id_ in ids if id_ in papers)
    return PaperPage(listed, start + 1 if listed else 0, total)


def find_ids(catalogue: Catalogue, query: BrowseQuery) -> list[str]:
    """Return the ids of all papers that match a query, in order."""
    return _ids(catalogue, query, *_sql(catalogue, query))


def count_by_year(catalogue: Catalogue) -> dict[int, int]:
    """Return the number of papers by year, the latest year first."""
    rows = catalogue.rows(
        "SELECT year, COUNT(*) FROM papers WHERE year IS NOT NULL GROUP BY year ORDER BY year DESC"
    )
    return {int(str(year)): int(str(count)) for year, count in rows}


def count_by_source(catalogue: Catalogue) -> dict[str, int]:
    """Return the number of papers by source, the most frequent source first."""
    rows = catalogue.rows(
        "SELECT source, COUNT(*) AS count FROM papers GROUP BY source ORDER BY count DESC, source"
    )
    return {str(source): int(str(count)) for source, count in rows}


def _ids(
    catalogue: Catalogue, query: BrowseQuery, clause: str, values: list[str], limit: str = ""
) -> list[str]:
    order, scores = _SQL_ORDER[query.order], list[str]()
    words = _WORD.findall(query.search)
    if query.order == "best" and words:
        any_word = " OR ".join(_matches(words))
        order, scores = _BY_RELEVANCE, [any_word, any_word]
        clause = clause.replace("FROM papers", f"FROM papers {_SCORES}", 1)
    rows = catalogue.rows(f"SELECT papers.id {clause} ORDER BY {order} {limit}", *scores, *values)
    return [str(row[0]) for row in rows]


def _sql(catalogue: Catalogue, query: BrowseQuery) -> tuple[str, list[str]]:
    """Return the FROM and WHERE clauses of a query, and their parameters."""
    condition, scope_values = sql_condition(query.scope)
    words = _WORD.findall(query.search)
    if not words:
        return f"FROM papers WHERE {condition}", [*scope_values]
    *whole, last = _matches(words)
    clause = " AND ".join([f"FROM papers WHERE {condition}", *(_HAS_WORD for _ in whole)])
    values = [*scope_values, *(word for word in whole for _ in range(2))]
    matching = f"{clause} AND {_HAS_WORD}"
    if catalogue.rows(f"SELECT 1 {matching} LIMIT 1", *values, last, last):
        return matching, [*values, last, last]
    # The word index contains stems: a half-typed "generatio" is not a prefix of the stem "gener".
    return f"{clause} AND {_HAS_PREFIX}", [*values, f" {words[-1].lower()}"]


def _matches(words: Sequence[str]) -> list[str]:
    """Return words as FTS5 strings, the last one as a prefix."""
    *whole, last = words
    return [*(f'"{word}"' for word in whole), f'"{last}"*']
