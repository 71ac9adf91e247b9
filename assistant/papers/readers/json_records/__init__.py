"""From a JSON object to a paper: each service has its own names for the fields.

A kind of object is one module with `recognises` and `read`, listed in SCHEMAS.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.readers.json_records import (
    arxiv_dump,
    crossref,
    exported,
    hf_api,
    openalex,
    plain_fields,
    semantic_scholar,
)
from assistant.papers.record import Record, Skipped


class Schema(Protocol):
    """What a module for one kind of object offers."""

    def recognises(self, fields: Mapping[str, Any]) -> bool:
        """Tell whether an object is of this kind."""

    def read(self, fields: Mapping[str, Any], source: str, where: str) -> Record:
        """Return the paper that the object describes, or why there is none."""


# The first that recognises an object reads it; the one that takes any comes last.
SCHEMAS: tuple[Schema, ...] = (
    exported,
    openalex,
    semantic_scholar,
    arxiv_dump,
    hf_api,
    crossref,
    plain_fields,
)

# Where services put the list of papers, or the one paper, within what they answer.
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


# How deep these stand in each other; what is deeper is no answer of any service.
_DEEPEST = 6


def json_records(value: object, source: str, where: str, depth: int = 0) -> Iterator[Record]:
    """Return the papers in a decoded JSON text, whatever they are wrapped in.

    Args:
        value: an object that describes a paper, a list of such, or an object that holds either.
        source: the name of the file.
        where: in the file the value stands; empty if it is the whole file.
        depth: how many lists and objects the value was taken out of.
    """
    if not isinstance(value, list | dict) or depth > _DEEPEST:
        yield Skipped(source, "expected an object with `title` and `abstract`", where)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            place = f"{where}, no. {number}".removeprefix(", ")
            yield from json_records(item, source, place, depth + 1)
    elif not value:
        yield Skipped(source, NO_TITLE, where)
    elif (wrapper := _wrapper(value)) is not None:
        yield from json_records(value[wrapper], source, where, depth + 1)
    else:
        kind = next(kind for kind in SCHEMAS if kind.recognises(value))
        yield kind.read(value, source, where)


def _wrapper(fields: Mapping[str, Any]) -> str | None:
    if "title" in fields and "abstract" in fields:
        return None
    return next((name for name in _WRAPPERS if isinstance(fields.get(name), list | dict)), None)
