"""Schema of Europe PMC's articles."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.bibliography_names import name_with_initials
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record

NAME = "Europe PMC"

_HEADING = re.compile(r"<h4>([^<]*?):?\s*</h4>", re.IGNORECASE)


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has field names that only Europe PMC uses."""
    return "authorString" in fields or ("abstractText" in fields and "pubYear" in fields)


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    issue = as_object(fields.get("journalInfo"))
    journal = as_object(issue.get("journal"))
    is_preprint = fields.get("source") == "PPR"
    types = texts_in(as_object(fields.get("pubTypeList")).get("pubType"))
    pmid = as_text(fields.get("pmid")) or ""
    return make_record(
        source,
        where,
        title=(as_text(fields.get("title")) or "").removesuffix("."),
        abstract=_HEADING.sub(r" \1: ", as_text(fields.get("abstractText")) or ""),
        authors=_authors(fields),
        year=as_text(fields.get("pubYear")),
        url=f"https://europepmc.org/article/MED/{pmid}" if pmid else None,
        doi=as_text(fields.get("doi")),
        type="preprint" if is_preprint else next(filter(None, map(type_of, types)), None),
        venue=as_text(journal.get("title")) or as_text(fields.get("journalTitle")),
        published=as_text(fields.get("firstPublicationDate")),
        volume=as_text(issue.get("volume")) or as_text(fields.get("journalVolume")),
        issue=as_text(issue.get("issue")) or as_text(fields.get("issue")),
        pages=as_text(fields.get("pageInfo")),
        keywords=texts_in(as_object(fields.get("keywordList")).get("keyword")),
        language=as_text(fields.get("language")),
        ids={
            "pmid": pmid,
            "pmcid": as_text(fields.get("pmcid")) or "",
            "issn": as_text(journal.get("issn")) or as_text(fields.get("journalIssn")) or "",
        },
    )


def _authors(fields: Mapping[str, Any]) -> list[str | Name]:
    listed = as_objects(as_object(fields.get("authorList")).get("author"))
    names = [name for name in map(_name, listed) if str(name)]
    if names:
        return names
    written = (as_text(fields.get("authorString")) or "").rstrip(". ")
    return [name_with_initials(name) for name in written.split(", ")]


def _name(author: Mapping[str, Any]) -> str | Name:
    def part(name: str) -> str:
        return clean_text(as_text(author.get(name)) or "")

    if part("lastName"):
        return Name(family=part("lastName"), given=part("firstName") or part("initials"))
    return Name(literal=part("collectiveName")) if part("collectiveName") else part("fullName")
