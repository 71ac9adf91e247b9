"""The scope of a question or a listing: chosen papers, years or sources in place of all papers."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Which papers of a library count; empty, all of them.

    A paper is in the scope if each part that is not empty has it: of the years 2023 and 2024, and
    from this file.

    Attributes:
        papers: ids of papers.
        years: of publication; papers of unknown year are in none.
        sources: names of files or pages, as `Paper.source` has them.
    """

    papers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether the scope leaves anything out."""
        return bool(self.papers or self.years or self.sources)


EVERYTHING = Scope()


def sql_condition(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return what holds in SQL for the rows of ``papers`` in a scope, and the values of its marks.

    The values are JSON lists: SQLite takes only some thousands of marks.
    """
    parts = {"id": scope.papers, "year": scope.years, "source": scope.sources}
    chosen = {column: values for column, values in parts.items() if values}
    conditions = [f"papers.{column} IN (SELECT value FROM json_each(?))" for column in chosen] or [
        "TRUE"
    ]
    return " AND ".join(conditions), tuple(map(json.dumps, chosen.values()))
