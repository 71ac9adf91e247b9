"""Read papers from a text or bytes, for the tests of the readers."""

import io

from assistant.papers import Document, Paper, Record, Skipped, read_document
from assistant.papers.readers import find_reader

NAME = "file"


def records_of(content: str | bytes) -> list[Record]:
    """Return the papers in a file with this content, and what was skipped."""
    data = content.encode() if isinstance(content, str) else content
    return list(read_document(Document(NAME, io.BytesIO(data))))


def papers_of(content: str | bytes) -> list[Paper]:
    """Return the papers in a file with this content; fail if anything was skipped."""
    papers = []
    for record in records_of(content):
        assert isinstance(record, Paper), record
        papers.append(record)
    return papers


def skipped_of(content: str | bytes) -> list[tuple[str, str]]:
    """Return where records were skipped in a file with this content, and why."""
    return [(r.where, r.reason) for r in records_of(content) if isinstance(r, Skipped)]


def format_of(content: str | bytes) -> str:
    """Return the format that a file with this content is recognised as; empty if none."""
    data = content.encode() if isinstance(content, str) else content
    reader = find_reader(Document(NAME, io.BytesIO(data)))
    return reader.NAME if reader else ""
