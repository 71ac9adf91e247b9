"""Build a paper from the fields of a record, or report why there is none."""

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.papers.identifiers import find_arxiv_id, valid_arxiv_id, valid_doi
from assistant.papers.paper import Paper
from assistant.papers.parsing.author_names import split_authors
from assistant.papers.parsing.columns import Column
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record, Skipped

NO_TITLE = "no title"
NO_ABSTRACT = "no abstract"
_FULL_TEXT = "not an abstract but a text of more than 50,000 characters"
_MAX_ABSTRACT_CHARACTERS = 50_000

_ABSTRACT_LABEL = re.compile(r"(?:(?:Abstract|ABSTRACT)\s*[:.–—]|ABSTRACT(?=\s))\s*")
_PLACEHOLDER = re.compile(
    r"\W*(?:n/?a|none|null|nan|unknown|no abstract(?: (?:is )?(?:available|provided|found))?"
    r"|abstract (?:is )?(?:not available|unavailable))?\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|2[01])[0-9]{2}(?![0-9])")
_YEARS = range(1500, 2200)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def make_record(
    source: str,
    where: str,
    *,
    title: str | None,
    abstract: str | None,
    authors: Iterable[str] = (),
    year: object = None,
    url: str | None = None,
    doi: str | None = None,
    arxiv_id: str | None = None,
    clean: Callable[[str], str] = clean_text,
) -> Record:
    """Return the paper with these fields, or why they make none.

    Title, abstract and names are cleaned. Invalid identifiers are dropped. The arXiv id is also
    taken from a DOI or URL of arXiv's.

    Args:
        source: the name of the file.
        where: the position of the record in the file.
        title: as in the file.
        abstract: as in the file.
        authors: their names, last name last.
        year: a number, or a text that contains the year, such as a date.
        url: the address of the paper's page.
        doi: bare or as a URL.
        arxiv_id: bare, with a version, or as a URL.
        clean: strips the markup of title, abstract and names.
    """
    clean_title, clean_abstract = clean(title or ""), _without_label(clean(abstract or ""))
    if not clean_title or _PLACEHOLDER.fullmatch(clean_title):
        return Skipped(source, NO_TITLE, where)
    if not clean_abstract:
        return Skipped(source, NO_ABSTRACT, where)
    if len(clean_abstract) > _MAX_ABSTRACT_CHARACTERS:
        return Skipped(source, _FULL_TEXT, where)
    doi = valid_doi(doi or "")
    arxiv_id = valid_arxiv_id(arxiv_id or "") or find_arxiv_id(f"{doi} {url}")
    if doi and find_arxiv_id(doi):
        doi = None
    address = _URL.search(clean_text(url or ""))
    return Paper(
        title=clean_title,
        abstract=clean_abstract,
        authors=tuple(name for name in map(clean, authors) if name),
        year=year_of(year),
        url=address.group() if address else None,
        doi=doi,
        arxiv_id=arxiv_id,
        source=source,
    )


def record_from_columns(texts: Mapping[Column, str], source: str, where: str) -> Record:
    """Return the paper with these fields as text, or why they make none.

    Args:
        texts: the fields, such as the cells of a row or the labelled lines of a note.
        source: the name of the file.
        where: the position of the record in the file.
    """
    return make_record(
        source,
        where,
        title=texts.get("title"),
        abstract=texts.get("abstract"),
        authors=split_authors(texts.get("authors", "")),
        year=texts.get("year"),
        url=texts.get("url"),
        doi=texts.get("doi"),
        arxiv_id=texts.get("arxiv_id"),
    )


def _without_label(abstract: str) -> str:
    """Return an abstract without a leading "Abstract:"; empty if it is a placeholder."""
    label = _ABSTRACT_LABEL.match(abstract)
    abstract = abstract[label.end() :] if label else abstract
    return "" if _PLACEHOLDER.fullmatch(abstract) else abstract


def year_of(value: object) -> int | None:
    """Return the first year in a number or a text such as a date, None if there is none."""
    if isinstance(value, int):
        return value if _YEARS.start <= value < _YEARS.stop else None
    year = _YEAR.search(value) if isinstance(value, str) else None
    return int(year.group()) if year else None
