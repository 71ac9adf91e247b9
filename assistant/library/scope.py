"""Scopes: a selection of papers by id, year or source."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A selection of a library's papers. An empty scope selects all of them.

    A paper is in the scope if it matches every part that is not empty.

    Attributes:
        papers: ids of papers.
        years: of publication. Papers of unknown year match none.
        sources: names of files or pages, as in `Paper.source`.
    """

    papers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether the scope restricts the papers at all."""
        return bool(self.papers or self.years or self.sources)


EVERYTHING = Scope()


def sql_condition(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return the SQL condition on rows of ``papers`` for a scope, and its parameters.

    The parameters are JSON lists, because SQLite limits the number of parameters.
    """
    parts = {"id": scope.papers, "year": scope.years, "source": scope.sources}
    chosen = {column: values for column, values in parts.items() if values}
    conditions = [f"papers.{column} IN (SELECT value FROM json_each(?))" for column in chosen]
    return " AND ".join(conditions) or "TRUE", tuple(map(json.dumps, chosen.values()))
