"""Writer of EndNote XML, an import format of EndNote, Zotero, Mendeley and Papers."""

import json
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.details import paper_to_json
from assistant.papers.names import Name
from assistant.papers.paper import Paper, PaperType
from assistant.papers.writers.ris import name_text
from assistant.text.xml_characters import xml_text

NAME = "EndNote XML"
SUFFIX = ".xml"

DATABASE = "paper-assistant"
"""The database name in our records, by which the reader recognises them."""

REST = "custom7"
"""The element with a JSON object of the fields that EndNote lacks."""

REST_FIELDS = ("type", "published", "arxiv_id", "ids", "extra")
"""The fields of `Paper` in that object."""

TEXTS = {
    ("titles", "title"): "title",
    ("titles", "secondary-title"): "venue",
    ("pages",): "pages",
    ("volume",): "volume",
    ("number",): "issue",
    ("dates", "year"): "year",
    ("publisher",): "publisher",
    ("label",): "citation_key",
    ("electronic-resource-num",): "doi",
    ("abstract",): "abstract",
    ("urls", "related-urls", "url"): "url",
    ("language",): "language",
}
"""The fields of `Paper` with a single text, by the path of their element."""

_TYPES: dict[PaperType | None, tuple[str, int]] = {
    "article": ("Journal Article", 17),
    "inproceedings": ("Conference Paper", 47),
    "preprint": ("Unpublished Work", 34),
    "book": ("Book", 6),
    "thesis": ("Thesis", 32),
    "report": ("Report", 27),
    "dataset": ("Dataset", 59),
    "other": ("Generic", 13),
    None: ("Generic", 13),
}
_CHAPTER = ("Book Section", 5)


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield a document with a record per paper. Tags become keywords."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for paper in papers:
        noted = annotated.get(paper.id, NO_ANNOTATION)
        yield f"<record>{''.join(_elements(paper, noted))}</record>\n"
    yield "</records></xml>\n"


def name_in_endnote(name: Name) -> str:
    """Return a name, family name first. An organisation's name ends with a comma."""
    text = name_text(name)
    return text if "," in text else f"{text},"


def _elements(paper: Paper, noted: Annotation) -> Iterator[str]:
    is_chapter = paper.type == "book" and paper.venue
    kind, number = _CHAPTER if is_chapter else _TYPES[paper.type]
    ids = dict(paper.ids)
    yield f'<database name="{DATABASE}">{DATABASE}</database>'
    yield f'<ref-type name="{kind}">{number}</ref-type>'
    yield _element(
        "contributors",
        _names("authors", paper.author_names) + _names("secondary-authors", paper.editor_names),
    )
    yield _element("titles", _text("title", paper.title) + _text("secondary-title", paper.venue))
    yield _element("periodical", _text("full-title", paper.venue))
    yield _text("pages", paper.pages)
    yield _text("volume", paper.volume)
    yield _text("number", paper.issue)
    keywords = noted.keywords(paper.keywords)
    yield _element("keywords", "".join(_text("keyword", one) for one in keywords))
    date = _element("pub-dates", _text("date", paper.published))
    yield _element("dates", _text("year", str(paper.year or "")) + date)
    yield _text("publisher", paper.publisher)
    yield _text("isbn", ids.get("isbn") or ids.get("issn"))
    yield _text("label", paper.citation_key)
    yield _text("electronic-resource-num", paper.doi)
    yield _text("accession-num", ids.get("pmid"))
    yield _text("abstract", paper.abstract)
    extra = dict(paper.extra)
    yield _text("notes", extra.get("note"))
    yield _text("research-notes", noted.note or extra.get("annote"))
    yield _text("pub-location", extra.get("address"))
    yield _text("edition", extra.get("edition"))
    yield _element("urls", _element("related-urls", _text("url", paper.url)))
    yield _text("language", paper.language)
    yield _text("custom2", ids.get("pmcid"))
    yield _text(REST, json.dumps(_rest(paper), ensure_ascii=False))


def _rest(paper: Paper) -> dict[str, object]:
    known = paper_to_json(paper)
    return {name: known[name] for name in ("paper_id", *REST_FIELDS) if name in known}


def _names(group: str, names: Iterable[Name]) -> str:
    return _element(group, "".join(_text("author", name_in_endnote(name)) for name in names))


def _text(name: str, text: str | None) -> str:
    return _element(name, escape(xml_text(text or "")))


def _element(name: str, content: str) -> str:
    """Return an element; an empty string if it would be empty."""
    return f"<{name}>{content}</{name}>" if content else ""
