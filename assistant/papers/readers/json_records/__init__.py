"""Reading papers from JSON objects in the schemas of various services.

A schema is a module that implements `NamedSchema`, listed in NAMED_SCHEMAS.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from assistant.papers.paper import Paper
from assistant.papers.parsing.fields.columns import columns_of
from assistant.papers.parsing.json_text import objects_before_damage
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.readers.json_records import (
    ads,
    arxiv_dump,
    crossref,
    csl,
    datacite,
    dblp_api,
    dimensions,
    europe_pmc,
    exported,
    exported_csl,
    hayagriva,
    hf_api,
    inspire,
    mendeley,
    openalex,
    openreview,
    plain_fields,
    semantic_scholar,
    zenodo,
    zotero,
)
from assistant.papers.readers.json_records.columns_to_rows import rows_of
from assistant.papers.record import Record, Skipped


class Schema(Protocol):
    """The interface of a schema module."""

    def recognises(self, fields: Mapping[str, Any]) -> bool:
        """Return whether an object has this schema."""

    def read(self, fields: Mapping[str, Any], source: str, where: str) -> Record:
        """Return the paper that an object describes, or the reason why there is none."""


class NamedSchema(Schema, Protocol):
    """The interface of a module for the schema of a service or format.

    Attributes:
        NAME: the name of the service or format.
    """

    NAME: str


NAMED_SCHEMAS: tuple[NamedSchema, ...] = (
    openalex,
    semantic_scholar,
    arxiv_dump,
    hf_api,
    crossref,
    europe_pmc,
    ads,
    inspire,
    openreview,
    datacite,
    dimensions,
    dblp_api,
    mendeley,
    zenodo,
    zotero,
    hayagriva,
    csl,
)
"""The schemas of services and formats, in the order in which they are tried."""

# The first schema that recognises an object reads it. The last one recognises any object.
_SCHEMAS: tuple[Schema, ...] = (exported, exported_csl, *NAMED_SCHEMAS, plain_fields)

# Keys under which API responses contain the list of papers or the paper.
_WRAPPERS = (
    "results",
    "data",
    "papers",
    "items",
    "message",
    "records",
    "recommendedPapers",
    "dailyPapers",
    "paper",
    "citingPaper",
    "citedPaper",
)
# The same, but only in objects without a title; in others, they are fields of the paper.
_WRAPPERS_WITHOUT_TITLE = (
    "resultList",  # Europe PMC
    "result",
    "response",  # ADS
    "docs",
    "hits",  # INSPIRE, DBLP
    "hit",
    "collection",  # bioRxiv
    "publications",  # Dimensions
    "notes",  # OpenReview
)


# No known API response nests its papers deeper.
_MAX_DEPTH = 6


def json_records(value: object, source: str, where: str, depth: int = 0) -> Iterator[Record]:
    """Yield the papers in a decoded JSON value, at any level of wrapping.

    Args:
        value: a paper, a list of papers, or an object that wraps either.
        source: the name of the file.
        where: the position of the value in the file; empty for the whole file.
        depth: the number of lists and objects around the value.
    """
    if not isinstance(value, list | dict) or depth > _MAX_DEPTH:
        yield Skipped(source, "expected an object with `title` and `abstract`", where)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            place = f"{where}, no. {number}".removeprefix(", ")
            yield from json_records(item, source, place, depth + 1)
    elif not value:
        yield Skipped(source, NO_TITLE, where)
    elif (rows := rows_of(value)) is not None:
        yield from json_records(rows, source, where, depth + 1)
    elif (wrapper := _wrapper(value)) is not None:
        yield from json_records(value[wrapper], source, where, depth + 1)
    elif _is_keyed(value):
        for key, item in value.items():
            yield from json_records(item, source, f"{where}, {key}".removeprefix(", "), depth + 1)
    else:
        schema = next(schema for schema in _SCHEMAS if schema.recognises(value))
        yield schema.read(value, source, where)


def papers_before_damage(text: str, source: str) -> Iterator[Paper]:
    """Yield the papers of a list in a text that is not valid JSON, up to where it is damaged."""
    for item in objects_before_damage(text):
        for record in json_records(item, source, ""):
            if isinstance(record, Paper):
                yield record


def _is_keyed(fields: Mapping[str, Any]) -> bool:
    """Return whether an object maps ids to papers."""
    items = list(fields.values())
    return (
        all(isinstance(item, dict) for item in items)
        and any("title" in columns_of(item) for item in items)
        and not any(schema.recognises(fields) for schema in NAMED_SCHEMAS)
    )


def _wrapper(fields: Mapping[str, Any]) -> str | None:
    if "title" in fields and "abstract" in fields:
        return None
    names = _WRAPPERS if "title" in fields else _WRAPPERS + _WRAPPERS_WITHOUT_TITLE
    return next((name for name in names if isinstance(fields.get(name), list | dict)), None)
