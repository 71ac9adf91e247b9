"""Schema of OpenAlex works: the abstract is an inverted index of words to positions."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_names, as_object, as_objects, as_text
from assistant.papers.record import Record

NAME = "OpenAlex"

# No abstract is longer; a larger position is an error.
_MAX_WORDS = 100_000


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has an inverted index or an OpenAlex id."""
    return "abstract_inverted_index" in fields or str(fields.get("id", "")).startswith(
        "https://openalex.org/"
    )


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper. Its URL is the page of the primary location."""
    place = as_object(fields.get("primary_location"))
    journal = as_object(place.get("source"))
    biblio = as_object(fields.get("biblio"))
    ends = (as_text(biblio.get("first_page")), as_text(biblio.get("last_page")))
    ids = as_object(fields.get("ids"))
    page = as_text(place.get("landing_page_url"))
    pages = [
        page,
        *(as_text(other.get("landing_page_url")) for other in as_objects(fields.get("locations"))),
    ]
    return make_record(
        source,
        where,
        title=as_text(fields.get("title")) or as_text(fields.get("display_name")),
        abstract=_abstract(fields.get("abstract_inverted_index"))
        or as_text(fields.get("abstract")),
        authors=as_names([_author(work) for work in as_objects(fields.get("authorships"))]),
        year=fields.get("publication_year"),
        url=page or as_text(fields.get("id")),
        doi=as_text(fields.get("doi")),
        arxiv_id=next((one for one in pages if one and "arxiv.org/" in one), None),
        type=type_of(fields.get("type_crossref")) or type_of(fields.get("type")),
        venue=as_text(journal.get("display_name")),
        published=as_text(fields.get("publication_date")),
        volume=as_text(biblio.get("volume")),
        issue=as_text(biblio.get("issue")),
        pages="-".join(filter(None, dict.fromkeys(ends))),
        publisher=as_text(journal.get("host_organization_name")),
        keywords=filter(None, map(_keyword, as_objects(fields.get("keywords")))),
        language=as_text(fields.get("language")),
        ids={
            "pmid": (as_text(ids.get("pmid")) or "").rpartition("/")[2],
            "issn": as_text(journal.get("issn_l")) or "",
        },
    )


def _keyword(keyword: Mapping[str, Any]) -> str | None:
    return as_text(keyword.get("display_name")) or as_text(keyword.get("keyword"))


def _author(authorship: Mapping[str, Any]) -> object:
    """Return the author; if OpenAlex does not know the person, the name as printed on the paper."""
    author = as_object(authorship.get("author"))
    return author if author.get("display_name") else authorship.get("raw_author_name")


def _abstract(index: object) -> str | None:
    words: dict[int, str] = {}
    for word, places in as_object(index).items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < _MAX_WORDS:
                words[place] = word
    return " ".join(words[place] for place in sorted(words)) or None
