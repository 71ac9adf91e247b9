"""A paper as the API of Hugging Face Papers gives it, and as its pages carry it."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.identifiers import valid_arxiv_id
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import names_of, text_of
from assistant.papers.record import Record


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell by an arXiv id as the id and a summary."""
    return "summary" in fields and valid_arxiv_id(str(fields.get("id", ""))[:100]) is not None


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    return paper_or_reason(
        source,
        where,
        title=text_of(fields.get("title")),
        abstract=text_of(fields.get("summary")),
        authors=names_of(fields.get("authors")),
        year=text_of(fields.get("publishedAt")) or text_of(fields.get("published_at")),
        arxiv_id=text_of(fields.get("id")),
    )
