"""Schema of NASA's Astrophysics Data System (ADS)."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_text, texts_in
from assistant.papers.record import Record

NAME = "ADS"

_TYPES = {"eprint": "preprint", "abstract": "inproceedings", "inbook": "book"}


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has the id of an ADS record."""
    return "bibcode" in fields


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    kind = as_text(fields.get("doctype")) or ""
    pages = as_text(fields.get("page_range")) or as_text(fields.get("page"))
    ids = texts_in(fields.get("identifier"))
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=map(bibliography_name, texts_in(fields.get("author"))),
        year=fields.get("year"),
        doi=as_text(fields.get("doi")),
        arxiv_id=next((one for one in ids if one.casefold().startswith("arxiv:")), None),
        type=_TYPES.get(kind) or type_of(kind),
        venue=as_text(fields.get("pub")),
        # Unknown parts of the date are 00.
        published=(as_text(fields.get("pubdate")) or "").replace("-00", ""),
        volume=as_text(fields.get("volume")),
        issue=as_text(fields.get("issue")),
        pages=pages,
        publisher=as_text(fields.get("publisher")),
        keywords=texts_in(fields.get("keyword")),
        language=as_text(fields.get("lang")),
        editors=map(bibliography_name, texts_in(fields.get("editor"))),
        ids={
            "bibcode": as_text(fields.get("bibcode")) or "",
            "isbn": as_text(fields.get("isbn")) or "",
            "issn": as_text(fields.get("issn")) or "",
        },
    )
