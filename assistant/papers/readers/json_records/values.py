"""Coerce JSON values of unknown type to an expected one."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.papers.parsing.fields.author_names import natural_name, split_authors


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


def as_names(value: object) -> tuple[str, ...]:
    """Return the names in a string, a list of strings, or a list of objects with names."""
    if isinstance(value, str):
        return split_authors(value)
    if not isinstance(value, list):
        return ()
    names = (item if isinstance(item, str) else _name(item) for item in value)
    return tuple(natural_name(name) for name in names if name)


def _name(item: object) -> str | None:
    fields = as_object(item)
    whole = as_text(fields.get("name")) or as_text(fields.get("display_name"))
    first = as_text(fields.get("given")) or as_text(fields.get("first"))
    last = as_text(fields.get("family")) or as_text(fields.get("last"))
    return whole or " ".join(filter(None, (first, last))) or None
