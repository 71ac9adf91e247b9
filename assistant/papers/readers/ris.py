"""Reader of RIS, which reference managers and publishers export."""

import re
from collections.abc import Iterator

from assistant.papers.identifiers import mentioned_arxiv_id
from assistant.papers.readers.document import Document
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.names import natural_name
from assistant.papers.readers.tagged_lines import first_of, tagged_records
from assistant.papers.record import Record

NAME = "RIS"

_TYPE = re.compile(r"^\s{0,3}TY {1,2}- ?[A-Z]", re.MULTILINE)
_END = re.compile(r"\s{0,3}ER {1,2}-\s*")


def recognises(document: Document) -> bool:
    """Tell by a line with the type of a reference."""
    return _TYPE.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Return a paper a reference."""
    records = tagged_records(document.lines(), "TY", lambda line: bool(_END.fullmatch(line)))
    for number, fields in records:
        addresses = " ".join(fields.get("UR", []) + fields.get("L1", []) + fields.get("AN", []))
        yield paper_or_reason(
            document.name,
            f"line {number}",
            title=first_of(fields, "TI", "T1", "CT", "BT"),
            abstract=first_of(fields, "AB", "N2"),
            authors=map(natural_name, fields.get("AU", []) + fields.get("A1", [])),
            year=first_of(fields, "PY", "Y1", "DA"),
            url=first_of(fields, "UR", "L2", "L1"),
            doi=first_of(fields, "DO"),
            arxiv_id=mentioned_arxiv_id(addresses),
        )
