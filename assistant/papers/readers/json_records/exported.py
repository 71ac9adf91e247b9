"""Schema of the assistant's own exports, by `assistant papers export` and `--json`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.papers.details import paper_from_json
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.record import Record, Skipped


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a paper id of this package."""
    return str(fields.get("paper_id", "")).startswith(("arxiv:", "doi:", "title:"))


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Its text is already plain, so markup and LaTeX are not stripped again."""
    paper = paper_from_json(fields)
    return replace(paper, source=source) if paper else Skipped(source, NO_TITLE, where)
