"""Reader of the XML that EndNote exports; Zotero, Mendeley and Papers write it too."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.xml_formats.exported_endnote import is_exported, record_of_export
from assistant.papers.record import Record

NAME = "EndNote XML"
EXTENSIONS = (".xml",)
RECOGNISED_BY = "a root `xml` with a `record` in it"
READS = "all fields"

_EXTRA = {
    "note": ("notes",),
    "annote": ("research-notes",),
    "address": ("pub-location",),
    "series": ("titles", "tertiary-title"),
    "edition": ("edition",),
    "shorttitle": ("titles", "short-title"),
    "shortjournal": ("titles", "alt-title"),
    "origtitle": ("orig-pub",),
    "volumes": ("num-vols",),
    "type": ("work-type",),
    "library": ("call-num",),
    "affiliation": ("auth-address",),
    "urldate": ("access-date",),
    "database": ("remote-database-name",),
}
"""The paths of the elements that are kept as extra fields, by the names of these fields."""


def recognises(document: Document) -> bool:
    """Return whether the root element is EndNote's."""
    return root_name(document.start) == "xml" and "<record" in document.start


def read(document: Document) -> Iterator[Record]:
    """Yield a record per reference."""
    for number, element in enumerate(iter_elements(document, "record"), start=1):
        where = f"record {number}"
        if is_exported(element):
            yield record_of_export(element, document.name, where)
        else:
            yield _record(element, document.name, where)


def _record(record: Element, source: str, where: str) -> Record:
    kind = next(elements_at(record, "ref-type"), None)
    addresses = _texts(record, "urls", "related-urls", "url")
    pmcid = text_at(record, "custom2")
    accession, database = text_at(record, "accession-num"), text_at(record, "remote-database-name")
    return make_record(
        source,
        where,
        title=text_at(record, "titles", "title"),
        abstract=text_at(record, "abstract"),
        authors=map(bibliography_name, _texts(record, "contributors", "authors", "author")),
        year=text_at(record, "dates", "year"),
        url=next(iter(addresses), None),
        doi=text_at(record, "electronic-resource-num"),
        arxiv_id=find_arxiv_id(" ".join([*addresses, accession])),
        type=None if kind is None else type_of(kind.get("name")),
        venue=text_at(record, "titles", "secondary-title")
        or text_at(record, "periodical", "full-title"),
        published=_date(record),
        volume=text_at(record, "volume"),
        issue=text_at(record, "number"),
        pages=text_at(record, "pages"),
        publisher=text_at(record, "publisher"),
        keywords=_texts(record, "keywords", "keyword"),
        citation_key=text_at(record, "label"),
        language=text_at(record, "language"),
        editors=map(
            bibliography_name, _texts(record, "contributors", "secondary-authors", "author")
        ),
        ids={
            **serial_numbers([text_at(record, "isbn")]),
            "pmcid": pmcid if pmcid.startswith("PMC") else "",
            "pmid": accession if database in ("PubMed", "Medline") else "",
        },
        extra={name: text_at(record, *path) for name, path in _EXTRA.items()},
    )


def _date(record: Element) -> str:
    """Return the date of publication; the year may be in a separate element."""
    date = text_at(record, "dates", "pub-dates", "date")
    year = text_at(record, "dates", "year")
    return date if year in date else f"{date} {year}"


def _texts(element: Element, *path: str) -> list[str]:
    return [text_of(found) for found in elements_at(element, *path)]
