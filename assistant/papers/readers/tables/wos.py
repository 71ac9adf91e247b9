"""Tables and records of Web of Science, whose fields have tags of two letters."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.tagged_lines import Fields, first_value
from assistant.papers.record import Record

_TAGS = {"PT", "AU", "TI", "SO", "UT"}
# The spreadsheet columns, by their tags in the other exports.
_NAMES = {
    "Authors": "AU",
    "Author Full Names": "AF",
    "Article Title": "TI",
    "Source Title": "SO",
    "Document Type": "DT",
    "Author Keywords": "DE",
    "Keywords Plus": "ID",
    "Abstract": "AB",
    "Language": "LA",
    "Publisher": "PU",
    "ISSN": "SN",
    "ISBN": "BN",
    "Publication Date": "PD",
    "Publication Year": "PY",
    "Volume": "VL",
    "Issue": "IS",
    "Start Page": "BP",
    "End Page": "EP",
    "Article Number": "AR",
    "DOI": "DI",
    "Pubmed Id": "PM",
    "Group Authors": "CA",
    "Book Editors": "BE",
    "UT (Unique WOS ID)": "UT",
}
# The kinds of publication, used if the document type is less specific.
_PUBLICATIONS = {"J": "article", "B": "book", "S": "book", "C": "inproceedings"}
# BIOSIS adds addresses to names.
_EMAIL = re.compile(r"\s*\([^()\s]*@[^()\s]*\)")
_LISTS = ("AU", "AF", "BE", "BF", "CA")


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if the columns are those of Web of Science."""
    tags = {_NAMES.get(name, name) for name in header}
    return _record_of_row if tags >= _TAGS - {"PT"} else None


def _record_of_row(cells: Mapping[str, str], source: str, where: str) -> Record:
    fields: Fields = {}
    for name, cell in cells.items():
        tag = _NAMES.get(name, name)
        fields[tag] = cell.split("; ") if tag in _LISTS else [cell]
    return record_of_fields(fields, source, where)


def record_of_fields(fields: Fields, source: str, where: str) -> Record:
    """Return the paper with the fields, given by tag, or why they are not sufficient."""
    names = fields.get("AF") or fields.get("AU") or fields.get("BF") or fields.get("BA", [])
    types = first_value(fields, "DT").split("; ")
    ends = filter(None, (first_value(fields, "BP"), first_value(fields, "EP")))
    year = first_value(fields, "PY", "EY")
    people = (bibliography_name(_EMAIL.sub("", name)) for name in names if name.strip())
    return make_record(
        source,
        where,
        title=first_value(fields, "TI"),
        abstract=first_value(fields, "AB"),
        authors=[*people, *_groups(fields)],
        year=year,
        doi=first_value(fields, "DI", "D2"),
        # A proceedings paper in a journal is "Article; Proceedings Paper".
        type=next(filter(None, map(type_of, reversed(types))), None)
        or _PUBLICATIONS.get(first_value(fields, "PT")),
        venue=first_value(fields, "SO"),
        published=f"{first_value(fields, 'PD', 'EA')} {year}" if year else None,
        volume=first_value(fields, "VL"),
        issue=first_value(fields, "IS"),
        pages="-".join(ends) or first_value(fields, "AR", "PS"),
        publisher=first_value(fields, "PU"),
        keywords=[word for tag in ("DE", "ID") for word in first_value(fields, tag).split("; ")],
        language=first_value(fields, "LA"),
        editors=map(bibliography_name, filter(str.strip, fields.get("BE", []))),
        ids={
            "pmid": first_value(fields, "PM"),
            "issn": first_value(fields, "SN", "EI"),
            "isbn": first_value(fields, "BN"),
            "wos": first_value(fields, "UT").removeprefix("WOS:"),
        },
    )


def _groups(fields: Fields) -> list[str]:
    return list(filter(str.strip, fields.get("CA", [])))
