"""Finding the article that a web page describes in JSON-LD, in the schema.org vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.papers.identity.identifiers import valid_doi
from assistant.papers.names import Name
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json

# Also MedicalScholarlyArticle.
_TYPE = "ScholarlyArticle"
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The fields of an article, empty where they are unknown."""

    title: str = ""
    abstract: str = ""
    description: str = ""
    authors: tuple[str | Name, ...] = ()
    date: str = ""
    doi: str = ""
    url: str = ""
    venue: str = ""
    publisher: str = ""


def scholarly_article(scripts: Iterable[str]) -> Article:
    """Return the first scholarly article in the scripts; an empty one if there is none."""
    for script in scripts:
        try:
            value = decode_json(script.strip())
        except InvalidJsonError:
            continue
        for fields in _objects(value, 0):
            if any(kind.endswith(_TYPE) for kind in _texts(fields.get("@type"))):
                return _article(fields)
    return Article()


def _objects(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)


def _article(fields: Mapping[str, Any]) -> Article:
    identifiers = [fields.get("identifier"), fields.get("sameAs"), fields.get("@id")]
    ids = [text for value in identifiers for text in _values(value)]
    return Article(
        title=_first(fields, "headline", "name"),
        abstract=_first(fields, "abstract"),
        description=_first(fields, "description"),
        authors=names_of(fields.get("author") or fields.get("creator")),
        date=_first(fields, "datePublished", "dateCreated"),
        doi=next(filter(None, map(valid_doi, ids)), ""),
        url=_first(fields, "url"),
        venue=_name(fields.get("isPartOf")),
        publisher=_name(fields.get("publisher")),
    )


def _first(fields: Mapping[str, Any], *names: str) -> str:
    return next((text for name in names for text in _texts(fields.get(name)) if text), "")


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _values(value: object) -> list[str]:
    """Return the texts in an identifier, which may be an object with a value."""
    values = value if isinstance(value, list) else [value]
    objects = [one.get("value") for one in values if isinstance(one, dict)]
    return _texts([*values, *objects])


def _name(value: object) -> str:
    """Return the name of an organisation, or of the journal that contains an issue or a volume."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, dict):
            return value if isinstance(value, str) and not value.startswith("http") else ""
        name = value.get("name")
        if isinstance(name, str):
            return name
        value = value.get("isPartOf")
    return ""
