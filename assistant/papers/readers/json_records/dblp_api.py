"""Schema of DBLP's search hits."""

from collections.abc import Mapping
from typing import Any

from assistant.papers.parsing.fields.author_names import person_name
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text
from assistant.papers.readers.xml_formats.dblp import dblp_type, paper_title
from assistant.papers.record import Record

NAME = "DBLP"


def recognises(fields: Mapping[str, Any]) -> bool:
    """Return whether the object is a hit with a DBLP key."""
    info = as_object(fields.get("info"))
    return "title" in info and "key" in info


def read(fields: Mapping[str, Any], source: str, where: str) -> Record:
    """Return the paper, which has no abstract."""
    info = as_object(fields.get("info"))
    authors = as_object(info.get("authors")).get("author")
    # A single author is not in a list.
    names = as_objects(authors if isinstance(authors, list) else [authors])
    address = as_text(info.get("ee"))
    venue = as_text(info.get("venue"))
    kind = dblp_type(as_text(info.get("type")) or "")
    return make_record(
        source,
        where,
        title=paper_title(as_text(info.get("title")) or ""),
        abstract=None,
        authors=[person_name(as_text(name.get("text")) or "") for name in names],
        year=as_text(info.get("year")),
        url=address or as_text(info.get("url")),
        doi=as_text(info.get("doi")),
        arxiv_id=address if "arxiv" in (address or "").casefold() else None,
        type="preprint" if venue == "CoRR" else kind,
        venue=venue,
        volume=as_text(info.get("volume")),
        issue=as_text(info.get("number")),
        pages=as_text(info.get("pages")),
        publisher=as_text(info.get("publisher")),
        citation_key=f"DBLP:{as_text(info.get('key'))}",
    )
