"""Writer of RIS, an import format of reference managers."""

import json
import re
from collections.abc import Iterable, Iterator

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.names import Name
from assistant.papers.paper import Paper, PaperType

NAME = "RIS"
SUFFIX = ".ris"

DATABASE = "paper-assistant"
"""The database name in our entries, by which the reader recognises them."""

TYPES: dict[PaperType | None, str] = {
    "article": "JOUR",
    "inproceedings": "CONF",
    "preprint": "UNPB",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "other": "GEN",
    None: "GEN",
}
_CHAPTER = "CHAP"
OTHER = "other"
"""The type of work that distinguishes "other" publications from unknown types."""

EXTRA = {
    "N1": "note",
    "T3": "series",
    "CY": "address",
    "ET": "edition",
    "ST": "shorttitle",
}
"""The tags for extra fields, and the names of these fields (see `Paper.extra`)."""

REST = "U1"
"""The tag of a user-defined field, which contains a JSON object of all extra fields."""

_PAGE_RANGE = re.compile(r"([^-,\s]+)-([^-,\s]+)")


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield an entry per paper. Further ids become accession numbers, such as ``arXiv:ID``.

    Tags become keywords.
    """
    for paper in papers:
        fields = _fields(paper, annotated.get(paper.id, NO_ANNOTATION))
        lines = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value]
        yield "".join([*lines, "ER  - \r\n\r\n"])


def _fields(paper: Paper, noted: Annotation) -> Iterator[tuple[str, str | None]]:
    is_chapter = paper.type == "book" and paper.venue
    yield "TY", _CHAPTER if is_chapter else TYPES[paper.type]
    yield from (("AU", name_text(name)) for name in paper.author_names)
    yield "TI", paper.title
    yield from (("ED", name_text(name)) for name in paper.editor_names)
    yield "T2", paper.venue
    yield "PY", str(paper.year or "")
    yield "DA", (paper.published or "").replace("-", "/")
    yield "VL", paper.volume
    yield "IS", paper.issue
    yield from zip(("SP", "EP"), _pages(paper.pages or ""), strict=False)
    yield "PB", paper.publisher
    yield from (("KW", keyword) for keyword in noted.keywords(paper.keywords))
    yield "LA", paper.language
    yield "ID", paper.citation_key
    yield "AB", paper.abstract
    extra = dict(paper.extra)
    yield from ((tag, extra.get(name)) for tag, name in EXTRA.items())
    yield REST, json.dumps(extra, ensure_ascii=False) if extra else None
    yield "N1", noted.note
    yield "DO", paper.doi
    yield "AN", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else None
    yield from (("AN", f"{kind}:{value}") for kind, value in paper.ids)
    yield from (("SN", value) for kind, value in paper.ids if kind in ("isbn", "issn"))
    yield "UR", paper.url
    yield "M3", OTHER if paper.type == "other" else None
    yield "DB", DATABASE


def name_text(name: Name) -> str:
    """Return a name, family name first. A comma in an organisation's name is doubled."""
    if not name.literal and Name.from_inverted(name.inverted) == name:
        return name.inverted
    return str(name).replace(",", ",,")


def _pages(pages: str) -> tuple[str, ...]:
    pair = _PAGE_RANGE.fullmatch(pages)
    return pair.groups() if pair else (pages,)


def _one_line(text: str) -> str:
    return " ".join(text.split())
