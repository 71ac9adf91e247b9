"""Recognising the details of a paper by the names used in tables and JSON objects."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypedDict, cast, get_args

from assistant.papers.names import Name
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.serial_numbers import serial_numbers

DetailColumn = Literal[
    "type",
    "venue",
    "published",
    "volume",
    "issue",
    "pages",
    "publisher",
    "keywords",
    "citation_key",
    "language",
    "editors",
    "first_page",
    "last_page",
    "pmid",
    "pmcid",
    "isbn",
    "issn",
]

_SYNONYMS: dict[str, DetailColumn] = {
    "documenttype": "type",
    "itemtype": "type",
    "publicationtype": "type",
    "journal": "venue",
    "journalname": "venue",
    "journaltitle": "venue",
    "publicationtitle": "venue",
    "sourcetitle": "venue",
    "booktitle": "venue",
    "conference": "venue",
    "date": "published",
    "publicationdate": "published",
    "number": "issue",
    "authorkeywords": "keywords",
    "manualtags": "keywords",
    "tags": "keywords",
    "citekey": "citation_key",
    "languageoforiginaldocument": "language",
    "editor": "editors",
    "journalbook": "venue",
    "pagination": "pages",
    "startpage": "first_page",
    "pagestart": "first_page",
    "endpage": "last_page",
    "pageend": "last_page",
    "pubmedid": "pmid",
    "isbns": "isbn",
    "issns": "issn",
}
_NAMES: dict[str, DetailColumn] = _SYNONYMS | {
    name.replace("_", ""): name for name in get_args(DetailColumn)
}
_IGNORED = re.compile(r"[\W_]+|\([^)]*\)")
_MAX_NAME_CHARACTERS = 100
_COMMA = re.compile(r",(?![^()]*\))")


class DetailTexts(TypedDict, total=False):
    """Arguments of `make_record`."""

    type: str | None
    venue: str
    published: str
    volume: str
    issue: str
    pages: str
    publisher: str
    keywords: list[str]
    citation_key: str
    language: str
    editors: tuple[str | Name, ...]
    ids: dict[str, str]


def detail_columns_of(names: Iterable[str]) -> dict[DetailColumn, str]:
    """Map each detail to the first name that stands for it."""
    found: dict[DetailColumn, str] = {}
    for name in names:
        detail = _NAMES.get(_IGNORED.sub("", name[:_MAX_NAME_CHARACTERS]).casefold())
        if detail is not None:
            found.setdefault(detail, name)
    return found


def details_of(texts: Mapping[DetailColumn, str]) -> DetailTexts:
    """Return details as arguments of `make_record`: lists split, the type translated."""
    values = cast(dict[str, Any], dict(texts))
    if "type" in values:
        values["type"] = type_of(values["type"])
    if "keywords" in values:
        values["keywords"] = split_keywords(values["keywords"])
    if "editors" in values:
        values["editors"] = names_of(values["editors"])
    ends = filter(None, (values.pop("first_page", ""), values.pop("last_page", "")))
    values["pages"] = values.get("pages") or "-".join(ends)
    values["ids"] = {
        **{kind: values.pop(kind, "").strip() for kind in ("pmid", "pmcid")},
        **serial_numbers([values.pop("isbn", "")]),
        **serial_numbers([values.pop("issn", "")]),
    }
    return cast(DetailTexts, values)


def split_keywords(text: str) -> list[str]:
    """Split keywords at semicolons or, without any, at commas that are not in parentheses."""
    words = text.split(";") if ";" in text else _COMMA.split(text)
    return [word.strip() for word in words]
