"""Recognising the fields of a paper by the names used in tables, JSON objects and notes."""

import re
from collections.abc import Iterable
from typing import Literal, get_args

Column = Literal["title", "abstract", "authors", "year", "url", "doi", "arxiv_id"]

_SYNONYMS: dict[str, Column] = {
    "papertitle": "title",
    "articletitle": "title",
    "documenttitle": "title",
    "name": "title",
    "ti": "title",
    "abstracttext": "abstract",
    "abstractnote": "abstract",
    "summary": "abstract",
    "ab": "abstract",
    "author": "authors",
    "firstauthor": "authors",
    "authornames": "authors",
    "authorfullnames": "authors",
    "creator": "authors",
    "creators": "authors",
    "au": "authors",
    "publicationyear": "year",
    "pubyear": "year",
    "published": "year",
    "publicationdate": "year",
    "date": "year",
    "py": "year",
    "link": "url",
    "links": "url",
    "href": "url",
    "pdflink": "url",
    "articleurl": "url",
    "digitalobjectidentifier": "doi",
    "di": "doi",
    "doilink": "doi",
    "doiurl": "doi",
    "arxiv": "arxiv_id",
    "eprint": "arxiv_id",
    "paperid": "arxiv_id",
}
_CANONICAL_NAMES: dict[str, Column] = {name.replace("_", ""): name for name in get_args(Column)}
_MAX_NAME_CHARACTERS = 100
_IGNORED = re.compile(r"[\W_]+|\([^)]*\)")


def column_of(name: str) -> Column | None:
    """Return the field that a column, key or label stands for; None if unknown.

    Case, spaces and punctuation are ignored: ``Publication Year``, ``publication_year`` and
    ``PublicationYear`` all stand for the year.
    """
    normalised = _normalise(name)
    return _CANONICAL_NAMES.get(normalised) or _SYNONYMS.get(normalised)


def columns_of(names: Iterable[str]) -> dict[Column, str]:
    """Map fields to the names that stand for them.

    If several names stand for one field, the canonical name wins, otherwise the first. A column
    "name" is the title only if there is an abstract.
    """
    found: dict[Column, str] = {}
    for name in names:
        column = column_of(name)
        if column is not None and (column not in found or _normalise(name) in _CANONICAL_NAMES):
            found[column] = name
    # Other things than papers have names, too.
    if "abstract" not in found and _normalise(found.get("title", "")) == "name":
        del found["title"]
    return found


def _normalise(name: str) -> str:
    return _IGNORED.sub("", name[:_MAX_NAME_CHARACTERS]).casefold()
