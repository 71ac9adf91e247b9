"""Schema of the Hugging Face Papers API, also embedded in its pages."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.identity.identifiers import valid_arxiv_id
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_text
from assistant.papers.record import Record

NAME = "Hugging Face Papers"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a summary and an arXiv id as its id."""
    return "summary" in fields and valid_arxiv_id(str(fields.get("id", ""))[:100]) is not None


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("summary")),
        authors=as_names(fields.get("authors")),
        year=as_text(fields.get("publishedAt")) or as_text(fields.get("published_at")),
        arxiv_id=as_text(fields.get("id")),
        type="preprint",
        published=as_text(fields.get("publishedAt")) or as_text(fields.get("published_at")),
    )
