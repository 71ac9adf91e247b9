"""Reader of the Markdown files that `assistant papers export` writes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from assistant.papers.details import paper_from_json
from assistant.papers.files.document import Document
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.markdown import COMMENT_END, COMMENT_START, QUOTE, unescape

NAME = "Markdown exported by this program"
EXTENSIONS = (".md",)
RECOGNISED_BY = "comments that begin with `<!-- paper:`"
READS = (
    "all fields, as they were exported: title and abstract from the text, the rest from the "
    "comments"
)

_HEADING = "## "


def recognises(document: Document) -> bool:
    """Return whether the document contains a comment with the fields of a paper."""
    return any(line.startswith(COMMENT_START) for line in document.start.split("\n"))


def read(document: Document) -> Iterator[Record]:
    """Yield the paper of each heading with a comment."""
    section: list[str] = []
    first = 1
    for number, line in enumerate(chain(document.lines(), [_HEADING]), start=1):
        if line.startswith(_HEADING):
            yield from _records(section, document.name, f"line {first}")
            section, first = [], number
        if line.strip():
            section.append(line.strip())


def _records(section: list[str], source: str, where: str) -> Iterator[Record]:
    """Yield the paper of a section: heading, comment, facts if any, abstract, note if any."""
    if len(section) < 2 or not section[1].startswith(COMMENT_START):
        return
    heading, comment, *rest = section
    text = comment.removeprefix(COMMENT_START).removesuffix(COMMENT_END)
    try:
        fields = decode_json(text)
    except InvalidJsonError as error:
        yield Skipped(source, str(error), where)
        return
    known = fields if isinstance(fields, dict) else {}
    has_facts = any(known.get(name) for name in ("authors", "year", "venue", "volume"))
    has_link = any(known.get(name) for name in ("url", "doi", "arxiv_id"))
    text_lines = rest[1:] if has_facts or has_link else rest
    abstract = [line for line in text_lines if not line.startswith(QUOTE)]
    shown = {
        "title": unescape(heading.removeprefix(_HEADING)),
        "abstract": unescape(" ".join(abstract)),
    }
    paper = paper_from_json({**known, **shown})
    yield replace(paper, source=source) if paper else Skipped(source, NO_TITLE, where)
