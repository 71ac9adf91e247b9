"""A work of Crossref, whose abstract is JATS and whose date is a list of numbers."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import fields_of, names_of, text_of
from assistant.papers.record import Record

_DATES = ("published", "issued", "published-print", "published-online", "created")


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell by the DOI in capitals beside a list of titles."""
    return "DOI" in fields and isinstance(fields.get("title"), list)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    return paper_or_reason(
        source,
        where,
        title=text_of(fields.get("title")),
        abstract=text_of(fields.get("abstract")),
        authors=names_of(fields.get("author")),
        year=next(filter(None, (_year(fields.get(date)) for date in _DATES)), None),
        url=text_of(fields.get("URL")),
        doi=text_of(fields.get("DOI")),
    )


def _year(date: object) -> int | None:
    parts = fields_of(date).get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    return parts if isinstance(parts, int) else None
