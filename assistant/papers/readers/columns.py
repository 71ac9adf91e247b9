"""How people name the fields of a paper in tables, objects and notes."""

import re
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
_NO_LETTER = re.compile(r"[\W_]+|\([^)]*\)")


def column_of(name: str) -> Column | None:
    """Return the field that a column or key is for, whatever its spelling; None if for none.

    ``Publication Year``, ``publication_year`` and ``PublicationYear`` are the year.
    """
    plain = _NO_LETTER.sub("", name[:100]).casefold()
    for column in get_args(Column):
        if plain == column.replace("_", ""):
            return column  # type: ignore[no-any-return]
    return _OTHER_NAMES.get(plain)
