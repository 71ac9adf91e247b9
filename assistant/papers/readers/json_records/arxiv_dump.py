"""Schema of arXiv's metadata dump: title and abstract in LaTeX, author names already split."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_text
from assistant.papers.record import Record

NAME = "arXiv's metadata dump"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has fields that only the dump has."""
    return "id" in fields and ("authors_parsed" in fields or "submitter" in fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper, with the year of its first version."""
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=as_names(fields.get("authors_parsed")) or as_names(fields.get("authors")),
        year=_first_version(fields.get("versions")) or as_text(fields.get("update_date")),
        doi=as_text(fields.get("doi")),
        arxiv_id=as_text(fields.get("id")),
        type="preprint",
        published=_first_version(fields.get("versions")),
        keywords=(as_text(fields.get("categories")) or "").split(),
    )


def _first_version(versions: object) -> str | None:
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        return as_text(versions[0].get("created"))
    return None
