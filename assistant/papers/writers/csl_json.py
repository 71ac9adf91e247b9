"""Writer of CSL-JSON, the format of citation processors such as citeproc and Pandoc."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.names import Name
from assistant.papers.paper import Paper, PaperType

NAME = "CSL-JSON"
SUFFIX = ".json"

TYPES: dict[PaperType | None, str] = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "preprint": "article",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "other": "document",
    None: "document",
}
_CHAPTER = "chapter"

TEXTS = {
    "container-title": "venue",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "publisher": "publisher",
    "language": "language",
    "citation-key": "citation_key",
    "DOI": "doi",
    "URL": "url",
    "abstract": "abstract",
}
"""The CSL variables with a single text, and the corresponding fields of `Paper`."""

PARTS = {
    "family": "family",
    "given": "given",
    "non-dropping-particle": "particle",
    "suffix": "suffix",
    "literal": "literal",
}
"""The parts of a CSL name, and the corresponding fields of `Name`."""

IDS = {"PMID": "pmid", "PMCID": "pmcid", "ISBN": "isbn", "ISSN": "issn"}
"""The CSL variables with ids, and their kinds."""

EXTRA = {
    "note": "note",
    "annote": "annote",
    "publisher-place": "address",
    "collection-title": "series",
    "edition": "edition",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "original-title": "origtitle",
    "event-title": "eventtitle",
    "event-place": "venue",
    "chapter-number": "chapter",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "genre": "type",
    "medium": "howpublished",
    "version": "version",
    "call-number": "library",
    "accessed": "urldate",
}
"""The CSL variables for extra fields, and the names of these fields (see `Paper.extra`)."""

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}")


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield a list with an item per paper.

    The object ``custom``, which processors ignore, contains the fields without a CSL variable.
    """
    separator = "[\n"
    for paper in papers:
        item = item_of(paper, annotated.get(paper.id, NO_ANNOTATION))
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def item_of(paper: Paper, noted: Annotation = NO_ANNOTATION) -> dict[str, Any]:
    """Return a paper as an item of CSL-JSON."""
    is_chapter = paper.type == "book" and paper.venue
    texts = {variable: getattr(paper, name) for variable, name in TEXTS.items()}
    ids = {variable: dict(paper.ids).get(kind) for variable, kind in IDS.items()}
    arxiv_id = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else None
    values: dict[str, Any] = {
        "id": paper.citation_key or paper.id,
        "type": _CHAPTER if is_chapter else TYPES[paper.type],
        "title": paper.title,
        "author": list(map(_parts, paper.author_names)),
        "editor": list(map(_parts, paper.editor_names)),
        "issued": _date(paper.published or str(paper.year or "")),
        "keyword": ", ".join(noted.keywords(paper.keywords)),
        **_extra(paper),
        **({"annote": noted.note} if noted.note else {}),
        "number": arxiv_id,
        **texts,
        **ids,
        "custom": {
            "paper_id": paper.id,
            **{
                name: getattr(paper, name)
                for name in ("type", "year", "published", "arxiv_id", "source")
                if getattr(paper, name)
            },
            "keywords": list(paper.keywords),
            "ids": dict(paper.ids),
            **({"extra": dict(paper.extra)} if paper.extra else {}),
            **noted.to_json(),
        },
    }
    return {name: value for name, value in values.items() if value}


def _parts(name: Name) -> dict[str, str]:
    parts = {part: getattr(name, attribute) for part, attribute in PARTS.items()}
    return {part: text for part, text in parts.items() if text}


def _extra(paper: Paper) -> dict[str, Any]:
    extra = dict(paper.extra)
    texts = {variable: extra.get(name) for variable, name in EXTRA.items()}
    return texts | {"accessed": _date(extra.get(EXTRA["accessed"], ""))}


def _date(date: str) -> dict[str, Any] | None:
    """Return an ISO date as a CSL date; None for any other text."""
    if not _DATE.fullmatch(date):
        return None
    return {"date-parts": [list(map(int, date.split("-")))]}
