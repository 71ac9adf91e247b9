"""Entries of the RIS files that `assistant papers export` writes."""

from assistant.papers.details import paper_from_parts
from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.json_text import decoded_object
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.parsing.tagged_lines import Fields, first_value
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.ris import DATABASE, OTHER, REST

_TEXTS = {
    "TI": "title",
    "AB": "abstract",
    "T2": "venue",
    "VL": "volume",
    "IS": "issue",
    "PB": "publisher",
    "LA": "language",
    "ID": "citation_key",
    "DO": "doi",
    "UR": "url",
}
_ARXIV = "arxiv"


def is_exported(fields: Fields) -> bool:
    """Return whether an entry was written by the assistant."""
    return first_value(fields, "DB") == DATABASE


def record_of_entry(fields: Fields, source: str, where: str) -> Record:
    """Return the paper of an entry. Its text is already plain, so no markup is stripped."""
    ids = {
        kind.casefold(): value
        for kind, _, value in (text.partition(":") for text in fields.get("AN", []))
    }
    paper = paper_from_parts(
        {
            **{name: first_value(fields, tag) for tag, name in _TEXTS.items()},
            "type": OTHER if OTHER in fields.get("M3", []) else type_of(first_value(fields, "TY")),
            "year": first_value(fields, "PY"),
            "published": first_value(fields, "DA").replace("/", "-"),
            "pages": "-".join(filter(None, (first_value(fields, tag) for tag in ("SP", "EP")))),
            "keywords": fields.get("KW", []),
            "arxiv_id": ids.pop(_ARXIV, None),
            "ids": ids,
            "extra": decoded_object(first_value(fields, REST)),
        },
        source,
        authors=list(map(_name, fields.get("AU", []))),
        editors=list(map(_name, fields.get("ED", []))),
    )
    return paper or Skipped(source, NO_TITLE, where)


def _name(text: str) -> Name:
    if ",," in text:
        return Name(literal=text.replace(",,", ","))
    name = Name.from_inverted(text)
    # A name without a comma has no given name, or is an organisation's.
    return name if "," in text or not name.given else Name(literal=text)
