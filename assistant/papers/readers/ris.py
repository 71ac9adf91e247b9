"""Reader of RIS, an export format of reference managers and publishers."""

import re
from collections.abc import Iterator

from assistant.papers.extra_fields import renamed
from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, valid_doi
from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import names_in_entry
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import Fields, first_value, tagged_records
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.exported_ris import is_exported, record_of_entry
from assistant.papers.record import Record
from assistant.papers.writers.ris import EXTRA

NAME = "RIS"
EXTENSIONS = (".ris",)
RECOGNISED_BY = "a line `TY  - `"
READS = "all fields"

_TYPE = re.compile(r"^\s{0,3}(?:TY|ty) {1,2}- ?[A-Z]", re.MULTILINE)
_END = re.compile(r"\s{0,3}(?:ER|er) {1,2}-\s*")
# EndNote writes the tag only before the first keyword, Scopus all keywords into one line.
_KEYWORDS, _SEMICOLON = "KW", re.compile(r";\s+")
_PUBMED = ("pubmed", "medline")
_PMCID = re.compile(r"PMC[0-9]+")
# A DOI is often in a field for the address or the "type of work".
_DOIS = ("DO", "DI", "M3", "UR", "L3", "LK", "N1")

_OTHER_EXTRA = {
    "PP": "address",
    "RN": "annote",
    "TT": "origtitle",
    "NV": "volumes",
    "AD": "affiliation",
    "CN": "library",
    "DP": "database",
    "Y2": "urldate",
}
"""Tags that are kept as extra fields but never written, with the names of these fields."""


def recognises(document: Document) -> bool:
    """Return whether the document has a line with the type of a reference."""
    return _TYPE.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per reference."""
    records = tagged_records(
        document.lines(), "TY", lambda line: bool(_END.fullmatch(line)), lists=(_KEYWORDS,)
    )
    for number, fields in records:
        if is_exported(fields):
            yield record_of_entry(fields, document.name, f"line {number}")
            continue
        addresses = " ".join(fields.get("UR", []) + fields.get("L1", []) + fields.get("AN", []))
        yield make_record(
            document.name,
            f"line {number}",
            title=first_value(fields, "TI", "T1", "CT", "BT"),
            abstract=" ".join(fields.get("AB") or fields.get("N2", [])),
            authors=_names(fields, "AU", "A1"),
            year=first_value(fields, "PY", "Y1", "DA"),
            url=first_value(fields, "UR", "L2", "L1"),
            doi=_doi(fields),
            arxiv_id=find_arxiv_id(addresses),
            type=type_of(first_value(fields, "TY")),
            venue=first_value(fields, "T2", "JO", "JF", "JA", "J2"),
            published=first_value(fields, "DA", "Y1", "PY"),
            volume=first_value(fields, "VL"),
            issue=first_value(fields, "IS"),
            pages=_pages(fields),
            publisher=first_value(fields, "PB"),
            keywords=[
                word for value in fields.get(_KEYWORDS, []) for word in _SEMICOLON.split(value)
            ],
            citation_key=first_value(fields, "ID"),
            language=first_value(fields, "LA"),
            editors=_names(fields, "ED", "A2"),
            ids=_ids(fields),
            extra=_extra(fields),
        )


def _names(fields: Fields, *tags: str) -> Iterator[str | Name]:
    first, second = (fields.get(tag, []) for tag in tags)
    # Some programs write the same names under both tags.
    for values in (first, [] if second == first else second):
        for value in values:
            yield from names_in_entry(clean_text(value))


def _pages(fields: Fields) -> str:
    """Return the page range, which may be in the field of the first page, or the article number."""
    first, last = first_value(fields, "SP"), first_value(fields, "EP")
    whole = first if "-" in first else "-".join(filter(None, (first, last)))
    return whole or first_value(fields, "C7")


def _ids(fields: Fields) -> dict[str, str]:
    # EndNote and PubMed exports use the accession number and a custom field.
    is_of_pubmed = first_value(fields, "DB").casefold() in _PUBMED
    accession, pmcid = first_value(fields, "AN"), first_value(fields, "C2")
    return {
        "pmid": accession if is_of_pubmed and accession.isdecimal() else "",
        "pmcid": pmcid if _PMCID.fullmatch(pmcid) else "",
        **serial_numbers(fields.get("SN", [])),
    }


def _extra(fields: Fields) -> dict[str, str]:
    # A DOI among the notes is not a note.
    texts = {
        tag: " ".join(value for value in values if not valid_doi(value))
        for tag, values in fields.items()
    }
    return renamed(texts, EXTRA | _OTHER_EXTRA)


def _doi(fields: Fields) -> str | None:
    found = (valid_doi(text) for tag in _DOIS for text in fields.get(tag, []))
    return next(filter(None, found), None)
