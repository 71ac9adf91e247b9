"""Schema of Zotero's own JSON: its API, and exports of Better BibTeX."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.papers.extra_fields import renamed
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_objects, as_text
from assistant.papers.record import Record, Skipped

NAME = "Zotero"

NOT_A_PAPER = "an attachment, note or annotation of Zotero"

PARTS_OF_PAPERS = frozenset(("attachment", "note", "annotation"))
"""The types of items that belong to another item."""

# The venue field has different names in different types of items; the first non-empty one is used.
_VENUES = (
    *("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "seriesTitle"),
    "websiteTitle",
)
_PUBLISHERS = ("publisher", "university", "institution", "repository")
_EXTRA = {
    "extra": "note",
    "place": "address",
    "series": "series",
    "seriesNumber": "seriesnumber",
    "edition": "edition",
    "shortTitle": "shorttitle",
    "journalAbbreviation": "shortjournal",
    "conferenceName": "eventtitle",
    "numPages": "pagetotal",
    "numberOfVolumes": "volumes",
    "thesisType": "type",
    "reportType": "type",
    "genre": "type",
    "versionNumber": "version",
    "callNumber": "library",
    "accessDate": "urldate",
    "rights": "rights",
    "archive": "archive",
    "archiveLocation": "archivelocation",
    "libraryCatalog": "database",
}
"""The fields that are kept as extra fields, with the names of these."""

# Fields that an item type lacks are lines in "extra": "PMID: 123".
_EXTRA_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z -]{1,30}):\s*(\S.*?)\s*$", re.MULTILINE)


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has an item type, and creators or an abstract in Zotero's form."""
    return "itemType" in fields and (
        "creators" in fields or "abstractNote" in fields or fields["itemType"] in PARTS_OF_PAPERS
    )


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Of its creators, only authors and editors are kept."""
    if fields.get("itemType") in PARTS_OF_PAPERS:
        return Skipped(source, NOT_A_PAPER, where)
    notes = as_text(fields.get("extra")) or ""
    extra = {name.casefold().replace(" ", ""): text for name, text in _EXTRA_LINE.findall(notes)}
    archive_id = as_text(fields.get("archiveID")) or ""
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")),
        abstract=as_text(fields.get("abstractNote")),
        authors=names_of(fields.get("creators")),
        year=as_text(fields.get("date")),
        url=as_text(fields.get("url")),
        doi=as_text(fields.get("DOI")) or extra.get("doi"),
        arxiv_id=find_arxiv_id(f"{archive_id} {notes}") or archive_id or extra.get("arxiv"),
        type=type_of(fields.get("itemType")),
        venue=_first(fields, _VENUES),
        published=as_text(fields.get("date")),
        volume=as_text(fields.get("volume")),
        issue=as_text(fields.get("issue")),
        pages=as_text(fields.get("pages")),
        publisher=_first(fields, _PUBLISHERS),
        keywords=[as_text(tag.get("tag")) or "" for tag in as_objects(fields.get("tags"))],
        citation_key=as_text(fields.get("citationKey")) or extra.get("citationkey"),
        language=as_text(fields.get("language")),
        editors=names_of(fields.get("creators"), role="editor"),
        ids={
            "pmid": as_text(fields.get("PMID")) or extra.get("pmid", ""),
            "pmcid": as_text(fields.get("PMCID")) or extra.get("pmcid", ""),
            "isbn": as_text(fields.get("ISBN")) or "",
            "issn": as_text(fields.get("ISSN")) or "",
        },
        extra=renamed({name: as_text(value) or "" for name, value in fields.items()}, _EXTRA),
    )


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next(filter(None, (as_text(fields.get(name)) for name in names)), None)
