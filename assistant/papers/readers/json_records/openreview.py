"""Schema of OpenReview's notes, in versions 1 and 2 of its API."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_object, as_text, texts_in
from assistant.papers.record import Record

NAME = "OpenReview"

_MILLISECONDS = 1000
_LATEST = 253_402_300_799  # the end of the year 9999, in seconds


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object is a note with a title."""
    return "title" in as_object(fields.get("content"))


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    content = as_object(fields.get("content"))
    forum = as_text(fields.get("forum")) or as_text(fields.get("id")) or ""
    date = _date(fields.get("pdate")) or _date(fields.get("odate")) or _date(fields.get("cdate"))
    return make_record(
        source,
        where,
        title=as_text(_value(content, "title")),
        abstract=as_text(_value(content, "abstract")),
        authors=as_names(_value(content, "authors")),
        year=date,
        url=f"https://openreview.net/forum?id={forum}" if forum else None,
        venue=as_text(_value(content, "venue")),
        published=date,
        keywords=texts_in(_value(content, "keywords")),
        ids={"openreview": forum},
    )


def _value(content: Mapping[str, Any], name: str) -> object:
    """Return a field, which version 2 wraps in an object."""
    value = content.get(name)
    return value.get("value") if isinstance(value, dict) else value


def _date(milliseconds: object) -> str | None:
    if not isinstance(milliseconds, int) or not 0 < milliseconds < _LATEST * _MILLISECONDS:
        return None
    return datetime.fromtimestamp(milliseconds / _MILLISECONDS, UTC).date().isoformat()
