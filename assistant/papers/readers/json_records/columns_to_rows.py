"""Tables as written to JSON by pandas and others: an object of columns, or columns and data."""

from collections.abc import Mapping
from typing import Any

_TITLE = "title"


def rows_of(fields: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a table as objects; None if the object is not a table.

    A table is an object of columns, one of which is the title. Each column is a list, or an object
    with the same keys as the others. Alternatively, it is an object with ``columns`` and ``data``.
    """
    names, rows = fields.get("columns"), fields.get("data")
    if isinstance(names, list) and isinstance(rows, list):
        if not all(isinstance(row, list) for row in rows):
            return None
        return [dict(zip(map(str, names), row, strict=False)) for row in rows]
    columns = {name: _as_object(column) for name, column in fields.items()}
    titles = next((column for name, column in columns.items() if name.casefold() == _TITLE), None)
    if titles is None or len(columns) == 1:
        return None
    if any(column is None or column.keys() != titles.keys() for column in columns.values()):
        return None
    return [{name: column[key] for name, column in columns.items() if column} for key in titles]


def _as_object(column: object) -> dict[Any, Any] | None:
    if isinstance(column, list):
        return dict(enumerate(column))
    return column if isinstance(column, dict) else None
