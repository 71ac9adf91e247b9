"""Schema of DataCite, which registers the DOIs of data sets and repositories."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.titles import with_subtitle
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text
from assistant.papers.record import Record

NAME = "DataCite"

_PUBLISHED_IN = "IsPublishedIn"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object or its ``attributes`` has a list of titles."""
    return "titles" in _attributes(fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper or data set."""
    work = _attributes(fields)
    types = as_object(work.get("types"))
    container = _container(work)
    publisher = work.get("publisher")
    ends = (as_text(container.get("firstPage")), as_text(container.get("lastPage")))
    return make_record(
        source,
        where,
        title=with_subtitle(
            _of_kind(work, "titles", "titleType", None, "title")
            or _of_kind(work, "titles", "titleType", "TranslatedTitle", "title"),
            _of_kind(work, "titles", "titleType", "Subtitle", "title"),
        ),
        abstract=_of_kind(work, "descriptions", "descriptionType", "Abstract", "description"),
        authors=[_name(one) for one in as_objects(work.get("creators"))],
        year=work.get("publicationYear"),
        url=as_text(work.get("url")),
        doi=as_text(work.get("doi")),
        type=next(
            filter(
                None,
                (
                    type_of(types.get(name))
                    for name in ("resourceTypeGeneral", "citeproc", "bibtex")
                ),
            ),
            None,
        ),
        venue=as_text(container.get("title")),
        published=_of_kind(work, "dates", "dateType", "Issued", "date"),
        volume=as_text(container.get("volume")),
        issue=as_text(container.get("issue")),
        pages="-".join(filter(None, ends)),
        publisher=as_text(as_object(publisher).get("name")) or as_text(publisher),
        keywords=[as_text(one.get("subject")) or "" for one in as_objects(work.get("subjects"))],
        language=as_text(work.get("language")),
        editors=[
            _name(one)
            for one in as_objects(work.get("contributors"))
            if one.get("contributorType") == "Editor"
        ],
        ids=_serial_numbers(work),
    )


def _container(work: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the work was published in."""
    container = as_object(work.get("container"))
    if container.get("title"):
        return container
    places = (
        one
        for one in as_objects(work.get("relatedItems"))
        if one.get("relationType") == _PUBLISHED_IN
    )
    place = next(places, container)
    return {**place, "title": _of_kind(place, "titles", "titleType", None, "title")}


def _serial_numbers(work: Mapping[str, Any]) -> dict[str, str]:
    related = [
        (one.get("relatedIdentifierType"), one.get("relatedIdentifier"))
        for one in as_objects(work.get("relatedIdentifiers"))
        if one.get("relationType") in (_PUBLISHED_IN, "IsPartOf")
    ]
    items = (
        as_object(one.get("relatedItemIdentifier"))
        for one in as_objects(work.get("relatedItems"))
        if one.get("relationType") == _PUBLISHED_IN
    )
    related += [
        (one.get("relatedItemIdentifierType"), one.get("relatedItemIdentifier")) for one in items
    ]
    found = {str(kind).casefold(): as_text(value) or "" for kind, value in related}
    return {kind: found.get(kind, "") for kind in ("issn", "isbn")}


def _attributes(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return as_object(fields.get("attributes")) or fields


def _of_kind(
    work: Mapping[str, Any], name: str, kind_name: str, kind: str | None, value: str
) -> str | None:
    found = (one for one in as_objects(work.get(name)) if (one.get(kind_name) or None) == kind)
    return next((as_text(one.get(value)) for one in found), None)


def _name(creator: Mapping[str, Any]) -> str | Name:
    def part(name: str) -> str:
        return clean_text(as_text(creator.get(name)) or "")

    if creator.get("nameType") == "Organizational":
        return Name(literal=part("name"))
    if part("familyName") and part("givenName"):
        return Name(family=part("familyName"), given=part("givenName"))
    return bibliography_name(part("name"))
