"""Papers and their details as JSON values, the form in which they are exported and stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, TypedDict, cast

from assistant.papers.extra_fields import extra_from
from assistant.papers.names import Name, uncertain_parts
from assistant.papers.paper import DETAILS, PAPER_TYPES, Paper, PaperType
from assistant.papers.parsing.text_cleaning import one_line

_BASIC = ("title", "abstract", "authors", "year", "url", "doi", "arxiv_id", "source")
_YEARS = range(1500, 2200)
_YEAR = re.compile("[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?")
_TEXTS = (
    "venue",
    "published",
    "volume",
    "issue",
    "pages",
    "publisher",
    "citation_key",
    "language",
)
_LISTS = ("keywords", "editors")
_PAIRS = ("ids", "extra")
_NAME_PARTS = tuple(field.name for field in fields(Name))


class Details(TypedDict, total=False):
    """The fields of `Paper` in `DETAILS`, with their types."""

    type: PaperType | None
    venue: str | None
    published: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    publisher: str | None
    keywords: tuple[str, ...]
    citation_key: str | None
    language: str | None
    editors: tuple[str, ...]
    names: tuple[Name, ...]
    ids: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """Return the known fields of a paper, with its id as ``paper_id``."""
    values = {name: getattr(paper, name) for name in _BASIC}
    known = {name: value for name, value in values.items() if value}
    return {"paper_id": paper.id, **known, **details_to_json(paper)}


def paper_from_json(values: Mapping[str, Any]) -> Paper | None:
    """Return the paper from an object like that of `paper_to_json`; None if it has no title.

    Invalid values are ignored, and so is the id.
    """
    texts = {name: one_line(values[name]) for name in _BASIC if isinstance(values.get(name), str)}
    if not texts.get("title"):
        return None
    year = values.get("year")
    if isinstance(year, str):
        year = int(year) if _YEAR.fullmatch(year) else None
    return Paper(
        title=texts["title"],
        abstract=texts.get("abstract", ""),
        authors=_texts(_list(values.get("authors"))),
        year=year if isinstance(year, int) and year in _YEARS else None,
        url=texts.get("url") or None,
        doi=texts.get("doi") or None,
        arxiv_id=texts.get("arxiv_id") or None,
        source=texts.get("source", ""),
        **details_from_json(values),
    )


def paper_from_parts(
    values: Mapping[str, Any],
    source: str,
    *,
    authors: Sequence[str | Name],
    editors: Sequence[str | Name],
) -> Paper | None:
    """Return a paper whose names are given in parts where known; None without a title.

    Args:
        values: the other fields, in the form of `paper_to_json`.
        source: the name of the file.
        authors: their names.
        editors: their names.
    """
    in_parts: dict[str | Name, Name] = {
        name: Name(**{part: one_line(text) for part, text in asdict(name).items()})
        for name in (*authors, *editors)
        if isinstance(name, Name)
    }
    wholes = {
        "authors": [str(in_parts.get(name, name)) for name in authors],
        "editors": [str(in_parts.get(name, name)) for name in editors],
    }
    paper = paper_from_json({**values, **wholes, "source": source})
    return paper and replace(paper, names=uncertain_parts(tuple(in_parts.values())))


def details_to_json(paper: Paper) -> dict[str, Any]:
    """Return the known details of a paper: texts, lists of texts, and objects.

    Further ids become an object that maps kinds to values, extra fields an object that maps names
    to texts, and names become objects with their known parts.
    """
    known = {name: getattr(paper, name) for name in DETAILS if getattr(paper, name)}
    for name in _LISTS:
        if name in known:
            known[name] = list(known[name])
    if paper.names:
        known["names"] = [
            {part: text for part, text in asdict(name).items() if text} for name in paper.names
        ]
    for name in _PAIRS:
        if name in known:
            known[name] = dict(known[name])
    return known


def details_from_json(values: Mapping[str, Any]) -> Details:
    """Return the details from an object like that of `details_to_json`; ignore invalid values."""
    details = Details()
    if values.get("type") in PAPER_TYPES:
        details["type"] = values["type"]
    texts = {name: one_line(values[name]) for name in _TEXTS if isinstance(values.get(name), str)}
    lists = {name: _texts(values[name]) for name in _LISTS if isinstance(values.get(name), list)}
    if not _DATE.fullmatch(texts.get("published", "")):
        texts.pop("published", None)
    known = {name: value for name, value in (texts | lists).items() if value}
    details.update(cast(Details, known))
    if names := tuple(filter(None, map(_name, _list(values.get("names"))))):
        details["names"] = names
    ids = values.get("ids")
    if isinstance(ids, dict):
        details["ids"] = ids_from(ids)
    extra = values.get("extra")
    if isinstance(extra, dict):
        details["extra"] = extra_from(extra)
    return details


def ids_from(ids: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return further ids in the form of `Paper.ids`; values that are not strings are dropped."""
    texts = {
        one_line(kind).casefold(): one_line(value)
        for kind, value in ids.items()
        if isinstance(value, str)
    }
    return tuple(sorted((kind, value) for kind, value in texts.items() if kind and value))


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(filter(None, (one_line(value) for value in values if isinstance(value, str))))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(value: object) -> Name | None:
    if not isinstance(value, dict):
        return None
    parts = {
        part: one_line(value[part]) for part in _NAME_PARTS if isinstance(value.get(part), str)
    }
    return Name(**parts) if any(parts.values()) else None
