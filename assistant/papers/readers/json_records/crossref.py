"""Schema of Crossref works: the abstract is JATS, dates are lists of numbers."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.titles import with_subtitle
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import (
    as_names,
    as_object,
    as_text,
    texts_in,
)
from assistant.papers.record import Record

NAME = "Crossref"

_DATES = ("published", "issued", "published-print", "published-online", "created")


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a key ``DOI`` and a list of titles."""
    return "DOI" in fields and isinstance(fields.get("title"), list)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    return make_record(
        source,
        where,
        title=with_subtitle(as_text(fields.get("title")), as_text(fields.get("subtitle"))),
        abstract=as_text(fields.get("abstract")),
        authors=as_names(fields.get("author")),
        year=next(filter(None, (_year(fields.get(date)) for date in _DATES)), None),
        url=as_text(fields.get("URL")),
        doi=as_text(fields.get("DOI")),
        type=type_of(fields.get("type")),
        venue=as_text(fields.get("container-title")),
        published=next(filter(None, (_date(fields.get(date)) for date in _DATES)), None),
        volume=as_text(fields.get("volume")),
        issue=as_text(fields.get("issue")),
        pages=as_text(fields.get("page")) or as_text(fields.get("article-number")),
        publisher=as_text(fields.get("publisher")),
        keywords=texts_in(fields.get("subject")),
        language=as_text(fields.get("language")),
        editors=as_names(fields.get("editor")),
        ids={
            "isbn": as_text(fields.get("ISBN")) or "",
            "issn": as_text(fields.get("ISSN")) or "",
        },
    )


def _date(date: object) -> str | None:
    parts = as_object(date).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [part for part in first if isinstance(part, int)] if isinstance(first, list) else []
    return "-".join(f"{number:02}" for number in numbers) or None


def _year(date: object) -> int | None:
    parts = as_object(date).get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    return parts if isinstance(parts, int) else None
