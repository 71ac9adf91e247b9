"""Schema of Hayagriva, the YAML of references that Typst reads: works are parts of other works."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_object, as_text
from assistant.papers.record import Record

NAME = "Hayagriva"

_OWN_NAMES = ("parent", "serial-number", "page-range", "affiliated")
# Of a proceedings paper, the type is "Article" and that of its parent "Proceedings".
_OF_PARENT = frozenset(("inproceedings", "preprint"))


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has a type, a title, and a field that only Hayagriva names so."""
    return {"type", "title"} <= fields.keys() and any(name in fields for name in _OWN_NAMES)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the work. What it does not have is taken from the work that it is a part of."""
    parents = fields.get("parent")
    parent = as_object(parents[0] if isinstance(parents, list) and parents else parents)
    ids = {**as_object(parent.get("serial-number")), **as_object(fields.get("serial-number"))}

    def text(name: str) -> str:
        return _text(fields.get(name)) or _text(parent.get(name))

    publisher = fields.get("publisher") or parent.get("publisher")
    of_parent = type_of(parent.get("type"))
    return make_record(
        source,
        where,
        title=_text(fields.get("title")),
        abstract=_text(fields.get("abstract")),
        authors=_names(fields.get("author")),
        year=text("date"),
        url=_text(fields.get("url")),
        doi=as_text(ids.get("doi")) or as_text(fields.get("doi")),
        arxiv_id=as_text(ids.get("arxiv")),
        type=of_parent if of_parent in _OF_PARENT else type_of(fields.get("type")),
        venue=_text(parent.get("title")),
        published=text("date"),
        volume=text("volume"),
        issue=text("issue"),
        pages=_text(fields.get("page-range")),
        publisher=_text(as_object(publisher).get("name")) or _text(publisher),
        citation_key=where,
        language=text("language"),
        editors=_names(fields.get("editor") or parent.get("editor")),
        ids={kind: as_text(ids.get(kind)) or "" for kind in ("isbn", "issn", "pmid", "pmcid")},
    )


def _names(value: object) -> tuple[str | Name, ...]:
    """Return names, in which ``name`` is the family name if there is a given name."""
    names = value if isinstance(value, list) else [value]
    return as_names([_with_parts(name) if isinstance(name, dict) else name for name in names])


def _with_parts(name: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**name, "family": name.get("name"), "given": name.get("given-name")}


def _text(value: object) -> str:
    """Return a text, which may be in an object that also says how to format it."""
    return as_text(as_object(value).get("value")) or as_text(value) or ""
