"""Reader of RIS, an export format of reference managers and publishers."""

import re
from collections.abc import Iterator

from assistant.papers.document import Document
from assistant.papers.identifiers import find_arxiv_id
from assistant.papers.parsing.author_names import natural_name
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import first_value, tagged_records
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
        addresses = " ".join(fields.get("UR", []) + fields.get("L1", []) + fields.get("AN", []))
        yield make_record(
            document.name,
            f"line {number}",
            title=first_value(fields, "TI", "T1", "CT", "BT"),
            abstract=first_value(fields, "AB", "N2"),
            authors=map(natural_name, fields.get("AU", []) + fields.get("A1", [])),
            year=first_value(fields, "PY", "Y1", "DA"),
            url=first_value(fields, "UR", "L2", "L1"),
            doi=first_value(fields, "DO"),
            arxiv_id=find_arxiv_id(addresses),
        )
