"""Schema of Zenodo and other repositories that run Invenio."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record

NAME = "Zenodo"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has metadata with a title and creators."""
    metadata = as_object(fields.get("metadata"))
    return "title" in metadata and "creators" in metadata


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper or data set."""
    work = as_object(fields.get("metadata"))
    journal = as_object(work.get("journal")) or _custom(fields, "journal:journal")
    meeting = as_object(work.get("meeting")) or _custom(fields, "meeting:meeting")
    kind = as_object(work.get("resource_type"))
    registered = as_object(as_object(fields.get("pids")).get("doi"))
    date = as_text(work.get("publication_date"))
    return make_record(
        source,
        where,
        title=as_text(work.get("title")),
        abstract=as_text(work.get("description")),
        authors=map(_name, as_objects(work.get("creators"))),
        year=date,
        url=as_text(as_object(fields.get("links")).get("self_html")),
        doi=as_text(work.get("doi"))
        or as_text(fields.get("doi"))
        or as_text(registered.get("identifier")),
        type=type_of(kind.get("subtype"))
        or type_of(kind.get("type"))
        or type_of((as_text(kind.get("id")) or "").removeprefix("publication-")),
        venue=as_text(journal.get("title")) or as_text(meeting.get("title")),
        published=date,
        volume=as_text(journal.get("volume")),
        issue=as_text(journal.get("issue")),
        pages=as_text(journal.get("pages")),
        publisher=as_text(work.get("publisher")),
        keywords=texts_in(work.get("keywords"))
        or [as_text(one.get("subject")) or "" for one in as_objects(work.get("subjects"))],
        language=as_text(work.get("language")),
    )


def _custom(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return as_object(as_object(fields.get("custom_fields")).get(name))


def _name(creator: Mapping[str, Any]) -> str | Name:
    person = as_object(creator.get("person_or_org")) or creator

    def part(name: str) -> str:
        return clean_text(as_text(person.get(name)) or "")

    if person.get("type") == "organizational":
        return Name(literal=part("name"))
    if part("family_name") and part("given_name"):
        return Name(family=part("family_name"), given=part("given_name"))
    return bibliography_name(part("name"))
