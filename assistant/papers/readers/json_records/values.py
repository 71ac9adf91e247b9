"""Coercing JSON values of unknown type to an expected type."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.name_values import names_of


def as_text(value: object) -> str | None:
    """Return a string, or the first of a list of strings; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else None


def texts_in(value: object) -> list[str]:
    """Return the strings in a list; none for anything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def as_object(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> Iterator[Mapping[str, Any]]:
    """Iterate over the objects in a list; over nothing for anything else."""
    return (
        (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())
    )


def as_names(value: object) -> tuple[str | Name, ...]:
    """Return the names in a string, or in a list of strings, objects or lists of parts."""
    return names_of(value)
