"""Tables that Embase exports: one column has the journal, year, volume, issue and pages."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.author_names import split_authors
from assistant.papers.parsing.fields.detail_columns import split_keywords
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

_COLUMNS = {"Title", "Author Names", "Source"}
# Journal of Snow (2014) 3:3 (152-160). Date of Publication: 1 Mar 2014
_SOURCE = re.compile(
    r"(?P<venue>.+?)\s*\((?P<year>[0-9]{4})\)"
    r"(?:\s+(?P<volume>[^\s:(]+))?(?::(?P<issue>[^(]*?))?(?:\s*\((?P<pages>[^)]*)\))?\s*(?:\.|$)"
)
_DATE = re.compile(r"Date of Publication:\s*([^.]*)")


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if the columns are those of Embase."""
    return _record if set(header) >= _COLUMNS else None


def _record(cells: Mapping[str, str], source: str, where: str) -> Record:
    def text(name: str) -> str:
        return cells.get(name, "").strip()

    place = _SOURCE.match(text("Source"))
    parts = place.groupdict("") if place else {}
    date = _DATE.search(text("Source"))
    return make_record(
        source,
        where,
        title=text("Title"),
        abstract=text("Abstract"),
        authors=split_authors(text("Author Names")),
        year=parts.get("year"),
        doi=text("DOI"),
        venue=parts.get("venue") or text("Source"),
        published=date.group(1) if date else None,
        volume=parts.get("volume"),
        issue=parts.get("issue"),
        pages=parts.get("pages"),
        keywords=split_keywords(text("keywords")),
        ids={"pmid": text("Medline PMID")},
    )
