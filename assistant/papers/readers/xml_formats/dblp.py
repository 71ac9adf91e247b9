"""Reader of DBLP's XML: the whole data set, person pages, and search results."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.parsing.fields.author_names import person_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    local_name,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

NAME = "DBLP XML"
EXTENSIONS = (".xml",)
RECOGNISED_BY = "a root `dblp` or `dblpperson`, or a `result` with hits"
READS = "all fields but the abstract, which DBLP does not have"

# Other kinds of entries are home pages and the like.
_ENTRIES = (
    "article inproceedings proceedings book incollection phdthesis mastersthesis data".split()
)
_HIT = "info"


def recognises(document: Document) -> bool:
    """Return whether the root element is one of DBLP's."""
    root = root_name(document.start)
    return root in ("dblp", "dblpperson") or (root == "result" and "<hits" in document.start)


def read(document: Document) -> Iterator[Record]:
    """Yield a record per publication."""
    for number, entry in enumerate(iter_elements(document, *_ENTRIES, _HIT), start=1):
        yield _record(entry, document.name, entry.get("key") or f"entry {number}")


def paper_title(text: str) -> str:
    """Return a title without the full stop that DBLP adds to every title."""
    return text if text.endswith("..") else text.removesuffix(".")


def _record(entry: Element, source: str, where: str) -> Record:
    # Search results have the authors in a separate element.
    authors = [*elements_at(entry, "author"), *elements_at(entry, "authors", "author")]
    addresses = [text_of(one) for one in elements_at(entry, "ee")]
    doi = next((one for one in addresses if "doi.org/" in one), "")
    key = entry.get("key") or text_at(entry, "key")
    venue = text_at(entry, "journal") or text_at(entry, "booktitle") or text_at(entry, "venue")
    kind = text_at(entry, "type") if local_name(entry) == _HIT else local_name(entry)
    is_preprint = venue == "CoRR" or entry.get("publtype") == "informal"
    return make_record(
        source,
        where,
        title=paper_title(text_at(entry, "title")),
        abstract=None,
        authors=[person_name(text_of(author)) for author in authors],
        year=text_at(entry, "year"),
        url=next(iter(addresses), None),
        doi=text_at(entry, "doi") or doi,
        arxiv_id=next((one for one in addresses if "arxiv" in one.casefold()), None),
        type="preprint" if is_preprint else dblp_type(kind),
        venue=venue,
        volume=text_at(entry, "volume"),
        issue=text_at(entry, "number"),
        pages=text_at(entry, "pages"),
        publisher=text_at(entry, "publisher") or text_at(entry, "school"),
        citation_key=f"DBLP:{key}" if key else None,
        editors=[person_name(text_of(one)) for one in elements_at(entry, "editor")],
        ids={"isbn": text_at(entry, "isbn")},
    )


def dblp_type(kind: str) -> str | None:
    """Return the type for an element's name, or for the type in a search result."""
    first = kind.casefold().split(" ")[0]
    known = {
        "journal": "article",
        "conference": "inproceedings",
        "books": "book",
        "parts": "book",
        "informal": "preprint",
        "proceedings": "book",
    }
    return known.get(first) or type_of(kind)
