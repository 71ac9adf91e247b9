"""Schema of Mendeley's API: ids are in a separate object."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import (
    as_names,
    as_object,
    as_text,
    texts_in,
)
from assistant.papers.record import Record

NAME = "Mendeley"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a title, and ids or authors in Mendeley's form."""
    authors = fields.get("authors")
    first = as_object(authors[0]) if isinstance(authors, list) and authors else {}
    has_ids = isinstance(fields.get("identifiers"), dict)
    return "title" in fields and "type" in fields and (has_ids or "last_name" in first)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    ids = as_object(fields.get("identifiers"))
    dates = (fields.get(name) for name in ("year", "month", "day"))
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=as_names(fields.get("authors")),
        year=fields.get("year"),
        url=as_text(fields.get("websites")),
        doi=as_text(ids.get("doi")),
        arxiv_id=as_text(ids.get("arxiv")),
        type=type_of(fields.get("type")),
        venue=as_text(fields.get("source")),
        published="-".join(str(part) for part in dates if isinstance(part, int)),
        volume=as_text(fields.get("volume")),
        issue=as_text(fields.get("issue")),
        pages=as_text(fields.get("pages")),
        publisher=as_text(fields.get("publisher")) or as_text(fields.get("institution")),
        keywords=texts_in(fields.get("keywords")),
        citation_key=as_text(fields.get("citation_key")),
        language=as_text(fields.get("language")),
        editors=as_names(fields.get("editors")),
        ids={kind: as_text(ids.get(kind)) or "" for kind in ("pmid", "isbn", "issn")},
    )
