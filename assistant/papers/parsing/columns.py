"""How people name the fields of a paper in tables, objects and notes."""

import re
from collections.abc import Iterable
from typing import Literal, get_args

Column = Literal["title", "abstract", "authors", "year", "url", "doi", "arxiv_id"]

_OTHER_NAMES: dict[str, Column] = {
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
    "arxiv": "arxiv_id",
    "eprint": "arxiv_id",
    "paperid": "arxiv_id",
}
_SAME_NAMES: dict[str, Column] = {name.replace("_", ""): name for name in get_args(Column)}
_LONGEST_NAME = 100
_NO_LETTER = re.compile(r"[\W_]+|\([^)]*\)")


def column_of(name: str) -> Column | None:
    """Return the field that a column, key or label is for, whatever its spelling; None if none.

    ``Publication Year``, ``publication_year`` and ``PublicationYear`` are the year.
    """
    plain = _bare(name)
    return _SAME_NAMES.get(plain) or _OTHER_NAMES.get(plain)


def columns_of(names: Iterable[str]) -> dict[Column, str]:
    """Return which of some names is for which field; of several the plainest, then the first."""
    found: dict[Column, str] = {}
    for name in names:
        column = column_of(name)
        if column is not None and (column not in found or _bare(name) in _SAME_NAMES):
            found[column] = name
    return found


def _bare(name: str) -> str:
    return _NO_LETTER.sub("", name[:_LONGEST_NAME]).casefold()
