"""A line of arXiv's metadata dump: title and abstract in LaTeX, names already parted."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import names_of, text_of
from assistant.papers.record import Record


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell by the fields that only the dump has."""
    return "id" in fields and ("authors_parsed" in fields or "submitter" in fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper; its year is that of the first version."""
    return paper_or_reason(
        source,
        where,
        title=text_of(fields.get("title")),
        abstract=text_of(fields.get("abstract")),
        authors=_names(fields.get("authors_parsed")) or names_of(fields.get("authors")),
        year=_first_version(fields.get("versions")) or text_of(fields.get("update_date")),
        doi=text_of(fields.get("doi")),
        arxiv_id=text_of(fields.get("id")),
    )


def _names(parsed: object) -> list[str]:
    """Return the names of lists ``[last, first, suffix, ...]``."""
    names = []
    for parts in parsed if isinstance(parsed, list) else ():
        if isinstance(parts, list):
            last, first, suffix = ([part for part in parts if isinstance(part, str)] + [""] * 3)[:3]
            names.append(f"{first} {last} {suffix}")
    return names


def _first_version(versions: object) -> str | None:
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        return text_of(versions[0].get("created"))
    return None
