"""Reader of RSS feeds of papers: those of arXiv, bioRxiv and journals (RSS 1.0 and 2.0)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.author_names import split_authors
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record, Skipped

NAME = "RSS feed of papers (arXiv, bioRxiv, journals)"
EXTENSIONS = (".rss", ".xml")
RECOGNISED_BY = "a root `rss`, or `RDF` with an `item`"
READS = (
    "title, abstract, authors, date, address, DOI, arXiv id, venue; a description that is cut "
    "short or only cites the paper is no abstract"
)

_NO_PAPER = "an item of news: neither a DOI nor an arXiv id"
_ITEM = re.compile(r"<(?:\w+:)?item[\s>]")
# arXiv's descriptions begin with this; they contain the whole abstract.
_ANNOUNCEMENT = re.compile(r"arXiv:\S+\s+Announce Type:")
# Journals announce a paper with a teaser or its citation, which are shorter than an abstract.
_ABSTRACT_WORDS = 40


def recognises(document: Document) -> bool:
    """Return whether the root element is a feed with items."""
    root = root_name(document.start)
    return root == "rss" or (root == "RDF" and _ITEM.search(document.start) is not None)


def read(document: Document) -> Iterator[Record]:
    """Yield a record per item. Items without a paper id are skipped."""
    for number, item in enumerate(iter_elements(document, "item"), start=1):
        yield _record(item, document.name, f"item {number}")


def _record(item: Element, source: str, where: str) -> Record:
    link = text_at(item, "link")
    identifiers = [text_at(item, name) for name in ("identifier", "doi", "DOI", "guid")]
    doi = find_doi(" ".join([*identifiers, link]))
    described = text_at(item, "encoded") or text_at(item, "description")
    arxiv_id = find_arxiv_id(" ".join([*identifiers, link])) or find_arxiv_id(described[:100])
    if not doi and not arxiv_id:
        return Skipped(source, _NO_PAPER, where)
    date = text_at(item, "publicationDate") or text_at(item, "date") or text_at(item, "pubDate")
    creators = [text_of(one) for one in elements_at(item, "creator")]
    return make_record(
        source,
        where,
        title=text_at(item, "title"),
        abstract=_abstract(described),
        authors=[
            name
            for text in creators or [text_at(item, "author")]
            for name in split_authors(clean_text(text))
        ],
        year=date,
        url=link,
        doi=doi,
        arxiv_id=arxiv_id,
        type="preprint" if arxiv_id else None,
        venue=text_at(item, "publicationName"),
        published=date,
        volume=text_at(item, "volume"),
        issue=text_at(item, "number"),
        pages="-".join(filter(None, (text_at(item, "startingPage"), text_at(item, "endingPage")))),
        publisher=text_at(item, "publisher"),
        keywords=[text_of(one) for one in elements_at(item, "category")],
    )


def _abstract(description: str) -> str:
    text = clean_text(description)
    if _ANNOUNCEMENT.match(text):
        return text
    is_cut = text.endswith(("...", "…", "[…]", "[...]"))
    return "" if is_cut or len(text.split()) < _ABSTRACT_WORDS else text
