"""Schema of the Semantic Scholar API and data sets."""

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

NAME = "Semantic Scholar"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has identifiers that only Semantic Scholar uses."""
    return (
        "externalIds" in fields
        or "externalids" in fields
        or "corpusId" in fields
        or ("paperId" in fields and "title" in fields)
    )


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    ids = as_object(fields.get("externalIds") or fields.get("externalids"))
    journal = as_object(fields.get("journal"))
    year = fields.get("year")
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=as_names(fields.get("authors")),
        year=year if year is not None else as_text(fields.get("publicationDate")),
        url=as_text(fields.get("url")),
        doi=as_text(ids.get("DOI")),
        arxiv_id=as_text(ids.get("ArXiv")),
        type=next(filter(None, map(type_of, texts_in(fields.get("publicationTypes")))), None),
        venue=as_text(journal.get("name"))
        or as_text(fields.get("venue"))
        or as_text(as_object(fields.get("publicationVenue")).get("name")),
        published=as_text(fields.get("publicationDate")),
        volume=as_text(journal.get("volume")),
        pages=as_text(journal.get("pages")),
        keywords=texts_in(fields.get("fieldsOfStudy")),
        ids={
            "pmid": as_text(ids.get("PubMed")) or "",
            "pmcid": as_text(ids.get("PubMedCentral")) or "",
            "acl": as_text(ids.get("ACL")) or "",
        },
    )
