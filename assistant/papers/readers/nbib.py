"""Reader of NBIB, PubMed's format for reference managers."""

import re
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import natural_name
from assistant.papers.parsing.fields.bibliography_names import name_with_initials
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.fields.titles import without_brackets
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import Fields, first_value, tagged_records
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "PubMed NBIB"
EXTENSIONS = (".nbib",)
RECOGNISED_BY = "a line `PMID- `, or `OWN - ERIC`"
READS = "all fields"

_ID = re.compile(r"^(?:PMID|pmid) *- *[0-9]|^OWN - ERIC$", re.MULTILINE)
_ERIC = "ERIC"
_DOI = re.compile(r"(\S+) \[doi\]")


def recognises(document: Document) -> bool:
    """Return whether the document has a line with a PubMed id."""
    return _ID.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per article."""
    records = tagged_records(
        map(_with_tag_in_column, document.lines()),
        "PMID",
        lambda line: not line.strip(),
        always_first=False,
    )
    for number, fields in records:
        pmid = first_value(fields, "PMID")
        title, book = first_value(fields, "TI"), first_value(fields, "BTI")
        yield make_record(
            document.name,
            f"line {number}",
            title=without_brackets(title or book),
            abstract=first_value(fields, "AB", "OAB"),
            authors=[
                *_names(fields, "FAU", "AU"),
                *(Name(literal=clean_text(group)) for group in fields.get("CN", [])),
            ],
            year=first_value(fields, "DP", "DEP", "EDAT"),
            url=_address(fields),
            doi=_doi(fields),
            type=_type(fields),
            venue=first_value(fields, "JT", "TA") or (book if title else None),
            published=first_value(fields, "DP", "DEP"),
            volume=first_value(fields, "VI"),
            issue=first_value(fields, "IP"),
            pages=first_value(fields, "PG"),
            publisher=first_value(fields, "PB"),
            # An asterisk marks the main topics.
            keywords=[
                text.replace("*", "") for text in fields.get("OT", []) + fields.get("MH", [])
            ],
            language=first_value(fields, "LA"),
            editors=_names(fields, "FED", "ED"),
            ids={
                "pmid": pmid,
                "pmcid": first_value(fields, "PMC"),
                **serial_numbers(_numbers(fields)),
            },
        )


def _names(fields: Fields, full: str, short: str) -> list[str | Name]:
    """Return the full names, or else the names with initials: ``Frost AB``."""
    if full in fields:
        return [natural_name(name) for name in fields[full]]
    return [
        natural_name(name) if "," in name else name_with_initials(name)
        for name in fields.get(short, [])
    ]


def _with_tag_in_column(line: str) -> str:
    """Return a line with the dash of a tag in its column; ERIC writes ``ISSN - ``."""
    return line.replace(" - ", "- ", 1) if line.startswith(("ISSN - ", "ISBN - ")) else line


def _numbers(fields: Fields) -> list[str]:
    numbers = [number for tag in ("IS", "ISBN", "ISSN") for number in fields.get(tag, [])]
    return [number.removeprefix("ISSN-").removeprefix("ISBN-") for number in numbers]


def _address(fields: Fields) -> str | None:
    pmid = first_value(fields, "PMID")
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else first_value(fields, "LID")


def _type(fields: Fields) -> str | None:
    if first_value(fields, "OWN") == _ERIC:  # whose tag for the journal also has publishers
        kinds = (type_of(name.removesuffix("s")) for name in fields.get("PT", []))
        return next(filter(None, kinds), None)
    return "article" if fields.get("JT") or fields.get("TA") else None


def _doi(fields: Fields) -> str | None:
    ids = (_DOI.match(value) for tag in ("LID", "AID") for value in fields.get(tag, []))
    return next((found.group(1) for found in ids if found), None)
