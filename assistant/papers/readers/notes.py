"""Reader of plain text with labels: ``Title: ...``, ``Abstract: ...``."""

import re
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.fields.columns import Column
from assistant.papers.parsing.fields.labels import labelled_fields, split_label
from assistant.papers.parsing.markdown_text import without_wiki_links
from assistant.papers.parsing.records import record_from_columns
from assistant.papers.record import Record

NAME = "notes with labels (Title: ..., Abstract: ...)"
EXTENSIONS = (".txt",)
RECOGNISED_BY = "lines with both labels"
READS = "all fields that have a label"

_TITLE = re.compile(r"^\s{0,3}[*_]{0,3}title[*_]{0,3}:", re.IGNORECASE | re.MULTILINE)
_ABSTRACT = re.compile(r"^\s{0,3}[*_]{0,3}(?:abstract|summary)[*_]{0,3}:", re.I | re.MULTILINE)

_FRONT_MATTER = "---\n"


def recognises(document: Document) -> bool:
    """Return whether the document has lines with both labels."""
    start = document.start
    if start.startswith(_FRONT_MATTER):
        return False
    return _TITLE.search(start) is not None and _ABSTRACT.search(start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record from each title label to the next."""
    first, lines = 1, list[str]()
    for number, line in enumerate(document.lines(), start=1):
        label = split_label(line)
        if label and label[0].casefold() == "title":
            yield from _record(lines, document.name, f"line {first}")
            first, lines = number, []
        lines.append(line)
    yield from _record(lines, document.name, f"line {first}")


def _record(lines: list[str], source: str, where: str) -> Iterator[Record]:
    fields = labelled_fields(lines)
    if "title" in fields:
        yield record_from_labels(fields, source, where)


def record_from_labels(fields: dict[Column, str], source: str, where: str) -> Record:
    """Return the paper with these labelled fields, or why they are not sufficient."""
    fields = {column: without_wiki_links(text) for column, text in fields.items()}
    # The URL may contain the arXiv id.
    arxiv_id = fields.get("arxiv_id") or fields.get("url", "")
    return record_from_columns({**fields, "arxiv_id": arxiv_id}, source, where)
