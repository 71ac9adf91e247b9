"""Schema of the CSL-JSON items that `assistant papers export` writes."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.details import paper_from_parts
from assistant.papers.names import Name
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.readers.json_records.values import as_object, as_objects
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.csl_json import PARTS, TEXTS


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the item has a paper id of this package."""
    return "paper_id" in as_object(fields.get("custom"))


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Its text is already plain, so no markup is stripped."""
    texts = {name: fields.get(variable) for variable, name in TEXTS.items()}
    paper = paper_from_parts(
        {"title": fields.get("title"), **texts, **as_object(fields["custom"])},
        source,
        authors=_names(fields.get("author")),
        editors=_names(fields.get("editor")),
    )
    return paper or Skipped(source, NO_TITLE, where)


def _names(values: object) -> list[Name]:
    return [
        Name(**{name: str(value[part]) for part, name in PARTS.items() if value.get(part)})
        for value in as_objects(values)
    ]
