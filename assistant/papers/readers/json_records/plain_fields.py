"""Schema of any object with a title and an abstract, under common field names."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.columns import columns_of
from assistant.papers.parsing.fields.detail_columns import detail_columns_of, split_keywords
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_text, texts_in
from assistant.papers.record import Record


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has any field."""
    return bool(fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Its fields are recognised by name, like the columns of a table."""
    names = columns_of(name for name, value in fields.items() if value not in (None, ""))
    found = {column: fields[name] for column, name in names.items()}
    year = found.get("year")
    known = {name: value for name, value in fields.items() if value not in (None, "")}
    details = {detail: known[name] for detail, name in detail_columns_of(known).items()}
    keywords = texts_in(details.get("keywords")) or as_text(details.get("keywords"))
    ends = filter(None, (_text(details.get("first_page")), _text(details.get("last_page"))))
    return make_record(
        source,
        where,
        title=as_text(found.get("title")),
        abstract=as_text(found.get("abstract")),
        authors=as_names(found.get("authors")),
        year=year if isinstance(year, int | float) else as_text(year),
        url=as_text(found.get("url")),
        doi=as_text(found.get("doi")),
        arxiv_id=as_text(found.get("arxiv_id")),
        type=type_of(details.get("type")),
        keywords=keywords if isinstance(keywords, list) else split_keywords(keywords or ""),
        editors=as_names(details.get("editors")),
        venue=_text(details.get("venue")),
        published=_text(details.get("published")),
        volume=_text(details.get("volume")),
        issue=_text(details.get("issue")),
        pages=_text(details.get("pages")) or "-".join(ends),
        publisher=_text(details.get("publisher")),
        citation_key=_text(details.get("citation_key")),
        language=_text(details.get("language")),
        ids={kind: _text(details.get(kind)) or "" for kind in ("pmid", "pmcid", "isbn", "issn")},
    )


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, int) else as_text(value)
