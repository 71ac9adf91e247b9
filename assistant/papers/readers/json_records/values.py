"""Values of JSON that may be of any type, as what is expected of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.papers.readers.names import author_names, natural_name


def text_of(value: object) -> str | None:
    """Return a text; the first of a list of texts; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else None


def fields_of(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> Iterator[Mapping[str, Any]]:
    """Return the objects of a list; none for anything else."""
    return (
        (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())
    )


def names_of(value: object) -> tuple[str, ...]:
    """Return names from one text, from a list of texts, or from a list of objects with names."""
    if isinstance(value, str):
        return author_names(value)
    if not isinstance(value, list):
        return ()
    names = (item if isinstance(item, str) else _name(item) for item in value)
    return tuple(natural_name(name) for name in names if name)


def _name(item: object) -> str | None:
    fields = fields_of(item)
    whole = text_of(fields.get("name")) or text_of(fields.get("display_name"))
    first = text_of(fields.get("given")) or text_of(fields.get("first"))
    last = text_of(fields.get("family")) or text_of(fields.get("last"))
    return whole or " ".join(filter(None, (first, last))) or None
