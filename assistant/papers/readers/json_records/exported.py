"""Schema of our own exports, by `assistant papers export` and `--json`."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.details import details_from_json
from assistant.papers.paper import Paper
from assistant.papers.parsing.records import NO_TITLE, year_of
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.readers.json_records.values import as_text
from assistant.papers.record import Record, Skipped


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a paper id of this package."""
    return str(fields.get("paper_id", "")).startswith(("arxiv:", "doi:", "title:"))


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Its text is plain already, so markup and LaTeX are not stripped again."""
    title, abstract = (one_line(as_text(fields.get(name)) or "") for name in ("title", "abstract"))
    if not title:
        return Skipped(source, NO_TITLE, where)
    authors = fields.get("authors")
    return Paper(
        title=title,
        abstract=abstract,
        authors=tuple(
            one_line(name)
            for name in (authors if isinstance(authors, list) else ())
            if isinstance(name, str)
        ),
        year=year_of(fields.get("year")),
        url=_optional(fields.get("url")),
        doi=_optional(fields.get("doi")),
        arxiv_id=_optional(fields.get("arxiv_id")),
        source=source,
        **details_from_json(fields),
    )


def _optional(value: object) -> str | None:
    return one_line(as_text(value) or "") or None
