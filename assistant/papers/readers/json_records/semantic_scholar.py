"""A paper as Semantic Scholar's API and data sets give it."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import fields_of, names_of, text_of
from assistant.papers.record import Record


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell by the identifiers that only Semantic Scholar gives."""
    return (
        "externalIds" in fields
        or "externalids" in fields
        or "corpusId" in fields
        or ("paperId" in fields and "title" in fields)
    )


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    ids = fields_of(fields.get("externalIds") or fields.get("externalids"))
    year = fields.get("year")
    return paper_or_reason(
        source,
        where,
        title=text_of(fields.get("title")),
        abstract=text_of(fields.get("abstract")),
        authors=names_of(fields.get("authors")),
        year=year if year is not None else text_of(fields.get("publicationDate")),
        url=text_of(fields.get("url")),
        doi=text_of(ids.get("DOI")),
        arxiv_id=text_of(ids.get("ArXiv")),
    )
