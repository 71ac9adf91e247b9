"""A work of OpenAlex, whose abstract is an index: each word with the places where it stands."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.json_records.values import fields_of, names_of, objects_of, text_of
from assistant.papers.record import Record

# No abstract has so many words: a larger place is a mistake.
_MOST_WORDS = 100_000


def recognises(fields: Mapping[str, Any]) -> bool:
    """Tell by the index, or by an id of OpenAlex's."""
    return "abstract_inverted_index" in fields or str(fields.get("id", "")).startswith(
        "https://openalex.org/"
    )


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper; the page of its first place of publication is its address."""
    place = fields_of(fields.get("primary_location"))
    page = text_of(place.get("landing_page_url"))
    pages = [
        page,
        *(text_of(other.get("landing_page_url")) for other in objects_of(fields.get("locations"))),
    ]
    return paper_or_reason(
        source,
        where,
        title=text_of(fields.get("title")) or text_of(fields.get("display_name")),
        abstract=_abstract(fields.get("abstract_inverted_index"))
        or text_of(fields.get("abstract")),
        authors=names_of([work.get("author") for work in objects_of(fields.get("authorships"))]),
        year=fields.get("publication_year"),
        url=page or text_of(fields.get("id")),
        doi=text_of(fields.get("doi")),
        arxiv_id=next((one for one in pages if one and "arxiv.org/" in one), None),
    )


def _abstract(index: object) -> str | None:
    words: dict[int, str] = {}
    for word, places in fields_of(index).items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < _MOST_WORDS:
                words[place] = word
    return " ".join(words[place] for place in sorted(words)) or None
