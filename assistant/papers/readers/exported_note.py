"""Reader of the notes for Obsidian that `assistant papers export` writes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.papers.details import paper_from_json
from assistant.papers.files.document import Document
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.markdown import unescape
from assistant.papers.writers.obsidian import ABSTRACT_HEADING, FENCE

NAME = "Obsidian note exported by this program"
EXTENSIONS = (".md",)
RECOGNISED_BY = "a property `paper_id`"
READS = (
    "all fields, as they were exported: the abstract from the text under its heading, the rest "
    "from the properties; other headings are your own"
)

_ID = "paper_id:"


def recognises(document: Document) -> bool:
    """Return whether the front matter has the id of a paper."""
    first, *lines = document.start.split("\n")
    if first.rstrip() != FENCE:
        return False
    end = next((at for at, line in enumerate(lines) if line.rstrip() == FENCE), 0)
    return any(line.startswith(_ID) for line in lines[:end])


def read(document: Document) -> Iterator[Record]:
    """Yield the paper of the note."""
    import yaml

    lines = document.text().split("\n")[1:]
    end = next((at for at, line in enumerate(lines) if line.rstrip() == FENCE), len(lines))
    try:
        properties = yaml.safe_load("\n".join(lines[:end]))
    except (yaml.YAMLError, ValueError, RecursionError):
        yield Skipped(document.name, "has properties that are not valid YAML")
        return
    known = properties if isinstance(properties, dict) else {}
    fields = {str(name): _json(value, name == "year") for name, value in known.items()}
    paper = paper_from_json({**fields, "abstract": _abstract(lines[end + 1 :])})
    if paper is None:
        yield Skipped(document.name, NO_TITLE, "the note")
    else:
        yield replace(paper, source=document.name)


def _json(value: Any, is_number: bool = False) -> Any:
    """Return a value as it was exported: Obsidian writes dates and numbers without quotes."""
    if isinstance(value, dict):
        return {str(name): _json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()[:10]
    is_written = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_written and not is_number else value


def _abstract(lines: list[str]) -> str:
    """Return the text under the heading, up to the next one."""
    start = next((at for at, line in enumerate(lines) if line.strip() == ABSTRACT_HEADING), None)
    if start is None:
        return ""
    section = lines[start + 1 :]
    end = next((at for at, line in enumerate(section) if line.startswith("#")), len(section))
    return unescape(" ".join(filter(None, (line.strip() for line in section[:end]))))
