"""Scopes: a selection of papers by id, year, source or annotation."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

Mark = Literal["read", "unread", "noted"]
"""A criterion: whether a paper is marked as read, or whether it has a note."""

MARKS: tuple[Mark, ...] = get_args(Mark)

_MARK_CONDITIONS: dict[Mark, str] = {
    "read": "papers.id IN (SELECT paper FROM labels WHERE owner = ? AND kind = 'read')",
    "unread": "papers.id NOT IN (SELECT paper FROM labels WHERE owner = ? AND kind = 'read')",
    "noted": "papers.id IN (SELECT paper FROM notes WHERE owner = ?)",
}
_HAS_LABEL = (
    "papers.id IN (SELECT paper FROM labels WHERE owner = ? AND kind = ? "
    "AND name IN (SELECT value FROM json_each(?)))"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A selection of a library's papers. An empty scope selects all of them.

    A paper is in the scope if it matches every part that is not empty.

    Attributes:
        papers: ids of papers.
        years: years of publication. A paper of unknown year matches none.
        sources: names of files or pages, as in `Paper.source`.
        tags: a paper has at least one of them.
        collections: a paper is in at least one of them.
        marks: at least one of them applies to the paper.
        owner: the owner of these tags, collections and marks; see `Annotations`.
    """

    papers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    owner: str = ""

    def __bool__(self) -> bool:
        """Return whether the scope restricts the selection at all."""
        parts = (self.papers, self.years, self.sources, self.tags, self.collections, self.marks)
        return any(parts)


EVERYTHING = Scope()


def sql_condition(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return a scope's SQL condition on rows of ``papers``, and its parameters.

    The parameters are JSON lists, because SQLite limits the number of parameters.
    """
    conditions = list(_conditions(scope))
    values = [value for _, of_condition in conditions for value in of_condition]
    return " AND ".join(sql for sql, _ in conditions) or "TRUE", tuple(values)


def _conditions(scope: Scope) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a condition and its parameters for each part of a scope that is not empty."""
    columns = {"id": scope.papers, "year": scope.years, "source": scope.sources}
    for column, chosen in columns.items():
        if chosen:
            yield f"papers.{column} IN (SELECT value FROM json_each(?))", (json.dumps(chosen),)
    labels = {"tag": scope.tags, "collection": scope.collections}
    for kind, names in labels.items():
        if names:
            yield _HAS_LABEL, (scope.owner, kind, json.dumps(names))
    if scope.marks:
        conditions = " OR ".join(_MARK_CONDITIONS[mark] for mark in scope.marks)
        yield f"({conditions})", (scope.owner,) * len(scope.marks)
