"""Tables that Scopus exports."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.bibliography_names import bibliography_name, name_with_initials
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

_COLUMNS = {"Title", "Source title", "EID"}
# A name ends with an initial.
_BETWEEN_NAMES = re.compile(r"(?<=\.),\s*")
# Scopus adds its author id to the name.
_PERSON = re.compile(r"\s*\([0-9]+\)")


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if the columns are those of Scopus."""
    return _record if set(header) >= _COLUMNS else None


def _record(cells: Mapping[str, str], source: str, where: str) -> Record:
    def text(name: str) -> str:
        return cells.get(name, "").strip()

    full_names = _list(_PERSON.sub("", text("Author full names")))
    authors = [*map(bibliography_name, full_names)] or [
        *map(name_with_initials, _authors(text("Authors")))
    ]
    ends = filter(None, (text("Page start"), text("Page end")))
    return make_record(
        source,
        where,
        title=text("Title"),
        abstract=text("Abstract"),
        authors=authors,
        year=text("Year"),
        url=text("Link"),
        doi=text("DOI"),
        type=type_of(text("Document Type")),
        venue=text("Source title"),
        volume=text("Volume"),
        issue=text("Issue"),
        pages="-".join(ends) or text("Art. No."),
        publisher=text("Publisher"),
        keywords=_list(text("Author Keywords")) + _list(text("Index Keywords")),
        language=text("Language of Original Document"),
        editors=map(bibliography_name, _list(text("Editors"))),
        ids={
            "pmid": text("PubMed ID"),
            "scopus": text("EID"),
            **serial_numbers([text("ISBN")]),
            **serial_numbers([text("ISSN")]),
        },
    )


def _list(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def _authors(text: str) -> list[str]:
    """Return the names; old exports separate them by commas: ``Frost A., Melt B.C.``."""
    return _list(text) if ";" in text else _BETWEEN_NAMES.split(text)
