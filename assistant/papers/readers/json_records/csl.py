"""Schema of CSL-JSON, the format of citation processors; Zotero and Mendeley export it."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.extra_fields import renamed
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.names import Name
from assistant.papers.parsing.fields.detail_columns import split_keywords
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record
from assistant.papers.writers.csl_json import EXTRA

NAME = "CSL-JSON"

_NAME_PARTS = ("family", "given", "literal")
_PARTS_OF_DATE = ("year", "month", "day")
_PREPRINT = "article"  # published articles are article-journal and such
# Other variables for attributes of a paper have the same names as the BibLaTeX fields.
_ATTRIBUTES = frozenset(
    (
        "id",
        "type",
        "issued",
        "container-title",
        "page",
        "keyword",
        "citation-key",
        "citation-label",
        "number",
    )
)
_PARTICLES = ("dropping-particle", "non-dropping-particle")


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the item has a title as a string, and a name or a date in CSL's form."""
    if not isinstance(fields.get("title"), str) or "type" not in fields or "authors" in fields:
        return False
    names = [name for role in ("author", "editor") for name in as_objects(fields.get(role))]
    has_names = any(part in name for name in names for part in _NAME_PARTS)
    has_date = bool(date_of(fields.get("issued")))
    return has_names or has_date or "container-title" in fields


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    date = date_of(fields.get("issued"))
    key = _text(fields, "citation-key") or _text(fields, "id")
    kind = _text(fields, "type")
    remarks = " ".join(_text(fields, name) for name in ("number", "note", "URL"))
    keywords = fields.get("keyword")
    venue = _text(fields, "container-title") or _text(fields, "event-title")
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstract")),
        authors=_names(fields.get("author")),
        year=date,
        url=_text(fields, "URL"),
        doi=_text(fields, "DOI"),
        arxiv_id=find_arxiv_id(remarks),
        type="preprint" if kind == _PREPRINT else type_of(kind),
        venue=venue,
        published=date,
        volume=_text(fields, "volume"),
        issue=_text(fields, "issue"),
        pages=_text(fields, "page"),
        publisher=_text(fields, "publisher"),
        keywords=texts_in(keywords) or split_keywords(as_text(keywords) or ""),
        # Zotero's item ids are web addresses.
        citation_key=None if key.startswith("http") else key,
        language=_text(fields, "language"),
        editors=_names(fields.get("editor")),
        ids={kind.casefold(): _text(fields, kind) for kind in ("PMID", "PMCID", "ISBN", "ISSN")},
        extra=_extra(fields, venue),
    )


def _extra(fields: Mapping[str, Any], venue: str) -> dict[str, str]:
    """Return the variables with a string or number that are not read as attributes."""
    texts = {name: _text(fields, name) for name in fields if name not in _ATTRIBUTES}
    texts["accessed"] = date_of(fields.get("accessed"))
    named = renamed(texts, EXTRA)
    if named.get("eventtitle") == venue:
        del named["eventtitle"]
    return {name: text for name, text in texts.items() if name not in EXTRA} | named


def date_of(value: object) -> str:
    """Return a CSL date in ISO form, or as written; empty if unknown."""
    if isinstance(value, str | int):
        return str(value)  # as written by Pandoc
    # In CSL-YAML, a list of the ends of a range.
    date = as_object(value[0] if isinstance(value, list) and value else value)
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    named = [date[name] for name in _PARTS_OF_DATE if name in date]
    numbers = [str(part) for part in first] if isinstance(first, list) else map(str, named)
    known = [part.zfill(2) for part in numbers if part.isdecimal()]
    return "-".join(known) or as_text(date.get("raw")) or as_text(date.get("literal")) or ""


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Return a variable, which may be a number or a list."""
    value = fields.get(name)
    return str(value) if isinstance(value, int | float) else as_text(value) or ""


def _names(values: object) -> list[Name]:
    names = (_name(value) for value in as_objects(values))
    return [name for name in names if str(name)]


def _name(value: Mapping[str, Any]) -> Name:
    def part(name: str) -> str:
        return clean_text(as_text(value.get(name)) or "")

    particle = " ".join(filter(None, map(part, _PARTICLES)))
    if not part("family"):
        return Name(literal=part("literal") or part("given"))
    return Name(
        family=part("family"), given=part("given"), particle=particle, suffix=part("suffix")
    )
