"""Reader of Zotero RDF.

The elements of a document refer to each other: papers refer to journals, notes and attachments. So
the document is read twice, the first time to find the venues.
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    local_name,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "Zotero RDF"
EXTENSIONS = (".rdf",)
RECOGNISED_BY = "a root `RDF` with Zotero's namespace and an `itemType`"
READS = "all fields; attachments and notes are ignored"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ITEM_TYPE = re.compile(r":itemType\b")
_NAMESPACE = "http://www.zotero.org/namespaces/export"
# Elements other than papers: venues, and what is attached to papers.
_PLACES = ("Journal", "Series", "Book", "Proceedings")
_ATTACHED = ("Attachment", "Memo", "Collection")


def recognises(document: Document) -> bool:
    """Return whether the root element is RDF with Zotero's vocabulary, not Bibliontology's."""
    start = document.start
    return (
        root_name(start) == "RDF" and _NAMESPACE in start and _ITEM_TYPE.search(start) is not None
    )


def read(document: Document) -> Iterator[Record]:
    """Yield a record per item."""
    references = Counter[str]()
    places: dict[str, Element] = {}
    for element in iter_elements(document):
        references.update(_references(element))
        if local_name(element) in _PLACES and not text_at(element, "itemType"):
            places[element.get(f"{_RDF}about") or ""] = element
    for number, element in enumerate(iter_elements(document), start=1):
        is_place = local_name(element) in _PLACES and not text_at(element, "itemType")
        if not is_place and local_name(element) not in _ATTACHED:
            own = list(elements_at(element, "isPartOf"))
            nested = [one for part in own for one in part]
            referred = [places[name] for name in _references(element) if name in places]
            is_shared = any(references[name] > 1 for name in _references(element))
            yield _record(element, [*nested, *referred], is_shared, document.name, f"item {number}")


def _references(element: Element) -> list[str]:
    parts = elements_at(element, "isPartOf")
    return list(filter(None, (part.get(f"{_RDF}resource") for part in parts)))


def _record(
    item: Element, places: list[Element], is_shared: bool, source: str, where: str
) -> Record:
    identifiers = [text_of(one) for one in elements_at(item, "identifier")]
    # Zotero stores the DOI of a paper with its journal.
    of_places = [text_of(one) for place in places for one in elements_at(place, "identifier")]
    numbered = next((place for place in places if text_at(place, "volume")), Element("place"))
    address = next((one for one in identifiers if one.startswith("http")), "")
    date = text_at(item, "date")
    return make_record(
        source,
        where,
        title=text_at(item, "title"),
        abstract=text_at(item, "abstract"),
        authors=_names(item, "authors"),
        year=date,
        url=address,
        doi=find_doi(" ".join(identifiers if is_shared else [*identifiers, *of_places])),
        arxiv_id=find_arxiv_id(" ".join([address, text_at(item, "description"), *identifiers])),
        type=type_of(text_at(item, "itemType")),
        venue=next(filter(None, (text_at(place, "title") for place in places)), ""),
        published=date,
        volume=text_at(item, "volume") or text_at(numbered, "volume"),
        issue=text_at(item, "number") or text_at(numbered, "number"),
        pages=text_at(item, "pages"),
        publisher=text_at(item, "publisher", "Organization", "name"),
        keywords=filter(None, map(_keyword, elements_at(item, "subject"))),
        citation_key=text_at(item, "citationKey"),
        language=text_at(item, "language"),
        editors=_names(item, "editors"),
        ids=serial_numbers([*identifiers, *of_places]),
    )


def _keyword(subject: Element) -> str:
    return text_at(subject, "AutomaticTag", "value") or text_of(subject)


def _names(item: Element, role: str) -> Iterator[Name]:
    for person in elements_at(item, role, "Seq", "li", "Person"):
        family, given = (clean_text(text_at(person, part)) for part in ("surname", "givenName"))
        # Zotero stores the name of an organisation as a family name.
        if family or given:
            yield Name(family=family, given=given) if given else Name(literal=family)
