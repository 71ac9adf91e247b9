"""Schema of INSPIRE, the database of high-energy physics."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record

NAME = "INSPIRE"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object has metadata with a list of titles."""
    return "titles" in as_object(fields.get("metadata"))


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper."""
    metadata = as_object(fields.get("metadata"))
    published = next(as_objects(metadata.get("publication_info")), {})
    kinds = texts_in(metadata.get("document_type"))
    date = _first(metadata, "imprints", "date") or as_text(metadata.get("earliest_date"))
    ends = filter(None, (as_text(published.get("page_start")), as_text(published.get("page_end"))))
    is_preprint = metadata.get("arxiv_eprints") and not published.get("journal_title")
    return make_record(
        source,
        where,
        title=_first(metadata, "titles", "title"),
        abstract=_first(metadata, "abstracts", "value"),
        authors=[
            *map(bibliography_name, _all(metadata, "authors", "full_name")),
            *_all(metadata, "corporate_author", "value"),
        ],
        year=published.get("year") or date,
        doi=_first(metadata, "dois", "value"),
        arxiv_id=_first(metadata, "arxiv_eprints", "value"),
        type="preprint" if is_preprint else next(filter(None, map(type_of, kinds)), None),
        venue=as_text(published.get("journal_title")),
        published=date,
        volume=as_text(published.get("journal_volume")),
        issue=as_text(published.get("journal_issue")),
        pages="-".join(ends) or as_text(published.get("artid")),
        publisher=_first(metadata, "imprints", "publisher"),
        keywords=_all(metadata, "keywords", "value"),
        citation_key=as_text(metadata.get("texkeys")),
        ids={
            "isbn": _first(metadata, "isbns", "value") or "",
            "inspire": str(metadata.get("control_number") or ""),
        },
    )


def _first(metadata: Mapping[str, Any], name: str, part: str) -> str | None:
    return next(iter(_all(metadata, name, part)), None)


def _all(metadata: Mapping[str, Any], name: str, part: str) -> list[str]:
    texts = (as_text(one.get(part)) for one in as_objects(metadata.get(name)))
    return [text for text in texts if text]
