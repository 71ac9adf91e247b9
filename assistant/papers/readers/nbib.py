"""Reader of NBIB, PubMed's format for reference managers."""

import re
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import natural_name
from assistant.papers.parsing.fields.bibliography_names import name_with_initials
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.fields.titles import without_brackets
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import Fields, first_value, tagged_records
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "PubMed NBIB"
EXTENSIONS = (".nbib",)
RECOGNISED_BY = "a line `PMID- `"
READS = "all fields"

_ID = re.compile(r"^PMID *- *[0-9]+", re.MULTILINE)
_DOI = re.compile(r"(\S+) \[doi\]")


def recognises(document: Document) -> bool:
    """Return whether the document has a line with a PubMed id."""
    return _ID.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per article."""
    for number, fields in tagged_records(document.lines(), "PMID", lambda line: not line.strip()):
        pmid = first_value(fields, "PMID")
        yield make_record(
            document.name,
            f"line {number}",
            title=without_brackets(first_value(fields, "TI", "BTI")),
            abstract=first_value(fields, "AB", "OAB"),
            authors=[
                *_names(fields, "FAU", "AU"),
                *(Name(literal=clean_text(group)) for group in fields.get("CN", [])),
            ],
            year=first_value(fields, "DP", "DEP", "EDAT"),
            url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None,
            doi=_doi(fields),
            type="article" if fields.get("JT") or fields.get("TA") else None,
            venue=first_value(fields, "JT", "TA"),
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
                **serial_numbers(fields.get("IS", []) + fields.get("ISBN", [])),
            },
        )


def _names(fields: Fields, full: str, short: str) -> list[str | Name]:
    """Return the full names, or else the names with initials: ``Frost AB``."""
    if full in fields:
        return [natural_name(name) for name in fields[full]]
    return [name_with_initials(name) for name in fields.get(short, [])]


def _doi(fields: Fields) -> str | None:
    ids = (_DOI.match(value) for tag in ("LID", "AID") for value in fields.get(tag, []))
    return next((found.group(1) for found in ids if found), None)
