"""From the items of Zotero's API to papers."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text
from assistant.papers.record import Record

NOT_PAPERS = frozenset(("attachment", "note", "annotation"))
"""Types of items that belong to others or have no record of their own."""

# The fields for the same thing in different types of items; the first one that is filled counts.
_VENUES = ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "websiteTitle")
_PUBLISHERS = ("publisher", "institution", "university", "repository")


def item_record(item: Mapping[str, Any], source: str) -> Record:
    """Return the paper that an item describes, or why there is none.

    Args:
        item: as in the API's JSON format.
        source: of the paper.
    """
    data = as_object(item.get("data"))
    extra = _extra_fields(as_text(data.get("extra")) or "")
    return make_record(
        source,
        f"item {item.get('key')}",
        title=as_text(data.get("title")),
        abstract=as_text(data.get("abstractNote")),
        authors=_names(data, "author"),
        year=as_text(data.get("date")),
        url=as_text(data.get("url")),
        doi=as_text(data.get("DOI")) or extra.get("doi"),
        arxiv_id=as_text(data.get("archiveID")) or extra.get("arxiv"),
        type=type_of(data.get("itemType")),
        venue=_first(data, _VENUES),
        published=as_text(data.get("date")),
        volume=as_text(data.get("volume")),
        issue=as_text(data.get("issue")),
        pages=as_text(data.get("pages")),
        publisher=_first(data, _PUBLISHERS),
        keywords=[as_text(tag.get("tag")) or "" for tag in as_objects(data.get("tags"))],
        citation_key=as_text(data.get("citationKey")) or extra.get("citation key"),
        language=as_text(data.get("language")),
        editors=_names(data, "editor"),
        ids={
            "isbn": as_text(data.get("ISBN")) or "",
            "issn": as_text(data.get("ISSN")) or "",
            "pmid": extra.get("pmid", ""),
        },
    )


def _names(data: Mapping[str, Any], kind: str) -> list[Name]:
    creators = as_objects(data.get("creators"))
    return [name for one in creators if one.get("creatorType") == kind and str(name := _name(one))]


def _name(creator: Mapping[str, Any]) -> Name:
    whole = as_text(creator.get("name"))
    if whole:
        return Name(literal=" ".join(whole.split()))
    last, first = as_text(creator.get("lastName")) or "", as_text(creator.get("firstName")) or ""
    return Name.from_inverted(f"{last}, {first}" if first else last)


def _first(data: Mapping[str, Any], fields: tuple[str, ...]) -> str | None:
    return next((text for field in fields if (text := as_text(data.get(field)))), None)


def _extra_fields(extra: str) -> dict[str, str]:
    """Return the lines ``Name: value`` of the field Extra, by name in lower case."""
    pairs = (line.partition(":") for line in extra.splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
