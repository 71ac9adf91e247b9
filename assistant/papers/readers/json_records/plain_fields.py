"""Any object with a title and an abstract, under the names that people give these."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.readers.columns import columns_of
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import names_of, text_of
from assistant.papers.record import Record


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell whether there is any field."""
    return bool(fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper; its fields are named like the columns of a table."""
    names = columns_of(name for name, value in fields.items() if value not in (None, ""))
    found = {column: fields[name] for column, name in names.items()}
    year = found.get("year")
    return paper_or_reason(
        source,
        where,
        title=text_of(found.get("title")),
        abstract=text_of(found.get("abstract")),
        authors=names_of(found.get("authors")),
        year=year if isinstance(year, int) else text_of(year),
        url=text_of(found.get("url")),
        doi=text_of(found.get("doi")),
        arxiv_id=text_of(found.get("arxiv_id")),
    )
