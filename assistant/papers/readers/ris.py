"""Reader of RIS, an export format of reference managers and publishers."""

import re
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import first_value, tagged_records
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.exported_ris import is_exported, record_of_entry
from assistant.papers.record import Record

NAME = "RIS"

_TYPE = re.compile(r"^\s{0,3}TY {1,2}- ?[A-Z]", re.MULTILINE)
_END = re.compile(r"\s{0,3}ER {1,2}-\s*")


def recognises(document: Document) -> bool:
    """Return whether there is a line with the type of a reference."""
    return _TYPE.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per reference."""
    records = tagged_records(document.lines(), "TY", lambda line: bool(_END.fullmatch(line)))
    for number, fields in records:
        if is_exported(fields):
            yield record_of_entry(fields, document.name, f"line {number}")
            continue
        addresses = " ".join(fields.get("UR", []) + fields.get("L1", []) + fields.get("AN", []))
        yield make_record(
            document.name,
            f"line {number}",
            title=first_value(fields, "TI", "T1", "CT", "BT"),
            abstract=first_value(fields, "AB", "N2"),
            authors=map(_name, fields.get("AU", []) + fields.get("A1", [])),
            year=first_value(fields, "PY", "Y1", "DA"),
            url=first_value(fields, "UR", "L2", "L1"),
            doi=first_value(fields, "DO"),
            arxiv_id=find_arxiv_id(addresses),
            type=type_of(first_value(fields, "TY")),
            venue=first_value(fields, "T2", "JO", "JF", "JA", "J2"),
            published=first_value(fields, "DA", "Y1", "PY"),
            volume=first_value(fields, "VL"),
            issue=first_value(fields, "IS"),
            pages="-".join(filter(None, (first_value(fields, "SP"), first_value(fields, "EP")))),
            publisher=first_value(fields, "PB"),
            keywords=fields.get("KW", []),
            citation_key=first_value(fields, "ID"),
            language=first_value(fields, "LA"),
            editors=map(_name, fields.get("ED", []) + fields.get("A2", [])),
        )


def _name(text: str) -> str | Name:
    return Name.from_inverted(clean_text(text)) if "," in text else text
