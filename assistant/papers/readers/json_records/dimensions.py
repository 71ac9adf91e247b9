"""Schema of Dimensions' publications."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record

NAME = "Dimensions"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a Dimensions id."""
    return str(fields.get("id", ""))[:4] == "pub." and "title" in fields


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    names = fields.get("authors") or fields.get("author_affiliations")
    # Older versions group the authors by affiliation.
    flat = names[0] if isinstance(names, list) and names and isinstance(names[0], list) else names
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=[name for name in map(_name, as_objects(flat)) if str(name)],
        year=fields.get("year"),
        url=as_text(fields.get("linkout")),
        doi=as_text(fields.get("doi")),
        arxiv_id=as_text(fields.get("arxiv_id")),
        type=type_of(fields.get("type")),
        venue=as_text(as_object(fields.get("journal")).get("title"))
        or as_text(fields.get("proceedings_title"))
        or as_text(fields.get("book_title")),
        published=as_text(fields.get("date")),
        volume=as_text(fields.get("volume")),
        issue=as_text(fields.get("issue")),
        pages=as_text(fields.get("pages")),
        publisher=as_text(fields.get("publisher")),
        keywords=texts_in(fields.get("concepts")),
        ids={
            "pmid": as_text(fields.get("pmid")) or "",
            "pmcid": as_text(fields.get("pmcid")) or "",
            "dimensions": as_text(fields.get("id")) or "",
        },
    )


def _name(author: Mapping[str, Any]) -> Name:
    given, family = (
        clean_text(as_text(author.get(part)) or "") for part in ("first_name", "last_name")
    )
    return Name(family=family, given=given)
