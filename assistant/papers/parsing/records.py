"""Building a paper from the fields of a record, or reporting why that is impossible."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from assistant.papers.details import ids_from
from assistant.papers.extra_fields import extra_from
from assistant.papers.identity.identifiers import (
    arxiv_id_of_place,
    find_arxiv_id,
    valid_arxiv_id,
    valid_doi,
)
from assistant.papers.names import Name, uncertain_parts
from assistant.papers.paper import PAPER_TYPES, Paper
from assistant.papers.parsing.fields.columns import Column
from assistant.papers.parsing.fields.dates import iso_date
from assistant.papers.parsing.fields.detail_columns import DetailColumn, details_of
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.python_literals import texts_decoded
from assistant.papers.parsing.text_cleaning import clean_text, one_line
from assistant.papers.record import Record, Skipped

NO_TITLE = "no title"
NO_ABSTRACT = "no abstract"
_FULL_TEXT = "not an abstract but a text of more than 50,000 characters"
_MAX_ABSTRACT_CHARACTERS = 50_000

# arXiv's feeds have "arXiv:2403.00001v1 Announce Type: new Abstract:" before an abstract.
_ABSTRACT_LABEL = re.compile(
    r"(?:(?:arXiv:\S+\s+Announce Type:\s*\S+\s+)?(?:Abstract|ABSTRACT|UNLABELLED)\s*[:.–—]"
    r"|ABSTRACT(?=\s))\s*"
)
_PLACEHOLDER = re.compile(r"\W*(?:n[/.]?a|none|null|nan|unknown)?\W*", re.IGNORECASE)
# A heading without a text, or one short sentence such as "This article has no abstract."
_NO_ABSTRACT = re.compile(
    r"\W*(?:abstract|summary|not available)\W*"
    # Not "no abstract syntax", nor "no abstract-level".
    r"|[^.]{0,40}\b(?:no abstract\b"
    r"(?=\s*(?:$|(?!-\w)[^\w\s]|(?:is|was|available|provided|found)\b))"
    r"|abstract (?:is |was )?(?:not |un)available\b)[^.]{0,60}\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|2[01])[0-9]{2}(?![0-9])")
_YEARS = range(1500, 2200)
_RANGE = re.compile(r"\s*(?:--+|[–—‐‑])\s*")
_ARXIV_AS_VENUE = re.compile(r"(?:arXiv\b|CoRR$)", re.IGNORECASE)
# A field may hold several addresses with semicolons between them.
_URL = re.compile(r"https?://\S+?(?=;*(?:\s|$)|;https?:)", re.IGNORECASE)


def make_record(
    source: str,
    where: str,
    *,
    title: str | None,
    abstract: str | None,
    authors: Iterable[str | Name] = (),
    year: object = None,
    url: str | None = None,
    doi: str | None = None,
    arxiv_id: str | None = None,
    type: str | None = None,
    venue: str | None = None,
    published: str | None = None,
    volume: str | None = None,
    issue: str | None = None,
    pages: str | None = None,
    publisher: str | None = None,
    keywords: Iterable[str] = (),
    citation_key: str | None = None,
    language: str | None = None,
    editors: Iterable[str | Name] = (),
    ids: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
    clean: Callable[[str], str] = clean_text,
) -> Record:
    """Return the paper with these fields, or why they are not sufficient.

    Texts and names are cleaned. Invalid identifiers, types and dates are dropped. The arXiv id may
    also come from an arXiv DOI or URL or from the venue, and the year from the date of publication.

    A record without an abstract is a paper if it has an id, authors, a year or a venue.

    Args:
        source: the name of the file.
        where: the position of the record in the file.
        title: as in the file.
        abstract: as in the file.
        authors: their names: as strings, family name last, or in parts that are already clean.
        year: a number, or a text that contains the year, such as a date.
        url: the address of the paper's page.
        doi: bare or as a URL.
        arxiv_id: bare, with a version, or as a URL.
        type: one of `PAPER_TYPES`.
        venue: the journal, book or conference.
        published: the date in any common notation.
        volume: the volume of the journal or series.
        issue: the issue of the journal.
        pages: the range, or an article number.
        publisher: the publisher or institution.
        keywords: the keywords, in any order.
        citation_key: kept unchanged.
        language: its code or name.
        editors: their names, like the authors'.
        ids: further ids by kind, such as ``pmid`` (see `Paper.ids`).
        extra: other fields by name (see `assistant.papers.extra_fields`).
        clean: strips the markup of title, abstract, names and extra fields.
    """
    clean_title, clean_abstract = clean(title or ""), _without_label(clean(abstract or ""))
    if not clean_title or _PLACEHOLDER.fullmatch(clean_title):
        return Skipped(source, NO_TITLE, where)
    if len(clean_abstract) > _MAX_ABSTRACT_CHARACTERS:
        return Skipped(source, _FULL_TEXT, where)
    doi = valid_doi(doi or "") or valid_doi(url or "")
    arxiv_id = (
        valid_arxiv_id(arxiv_id or "")
        or find_arxiv_id(f"{doi} {url}")
        or arxiv_id_of_place(venue or "", volume or "")
    )
    if type in (None, "article") and _ARXIV_AS_VENUE.match(venue or ""):
        type = "preprint"
    if doi and find_arxiv_id(doi):
        doi = None
    address = _URL.search(clean_text(url or ""))
    author_names = [clean(one) if isinstance(one, str) else one for one in authors]
    editor_names = [clean(one) if isinstance(one, str) else one for one in editors]
    in_parts = tuple(name for name in (*author_names, *editor_names) if isinstance(name, Name))
    date = iso_date(published)
    paper = Paper(
        title=clean_title,
        abstract=clean_abstract,
        authors=tuple(filter(None, map(str, author_names))),
        year=year_of(year) or year_of(published) or year_of(date),
        url=address.group() if address else None,
        doi=doi,
        arxiv_id=arxiv_id,
        source=source,
        type=next((known for known in PAPER_TYPES if known == type), None),
        venue=clean(venue or "") or None,
        published=date,
        volume=clean(volume or "") or None,
        issue=clean(issue or "") or None,
        pages=clean(_RANGE.sub("-", pages or "")) or None,
        publisher=clean(publisher or "") or None,
        keywords=tuple(dict.fromkeys(filter(None, map(clean, keywords)))),
        citation_key=one_line(citation_key or "") or None,
        language=clean(language or "") or None,
        editors=tuple(filter(None, map(str, editor_names))),
        names=uncertain_parts(in_parts),
        ids=ids_from(ids or {}),
        extra=extra_from(extra or {}, clean),
    )
    is_known = (
        paper.doi or paper.arxiv_id or paper.authors or paper.year or paper.venue or paper.ids
    )
    return paper if clean_abstract or is_known else Skipped(source, NO_ABSTRACT, where)


def record_from_columns(
    texts: Mapping[Column, str],
    source: str,
    where: str,
    details: Mapping[DetailColumn, str] | None = None,
) -> Record:
    """Return the paper with these fields as text, or why they make none.

    Args:
        texts: the fields, such as the cells of a row or the labelled lines of a note.
        source: the name of the file.
        where: the position of the record in the file.
        details: further fields.
    """
    plain = {name: _joined(text) for name, text in texts.items() if name != "authors"}
    return make_record(
        source,
        where,
        title=plain.get("title"),
        abstract=plain.get("abstract"),
        authors=names_of(texts.get("authors", "")),
        year=plain.get("year"),
        url=plain.get("url"),
        doi=plain.get("doi"),
        arxiv_id=plain.get("arxiv_id"),
        **details_of({name: _joined(text) for name, text in (details or {}).items()}),
    )


def _joined(text: str) -> str:
    """Return a cell as text; a list as written by pandas becomes text with semicolons."""
    return "; ".join(texts_decoded(text))


def _without_label(abstract: str) -> str:
    """Return an abstract without a leading "Abstract:"; empty if it is a placeholder."""
    label = _ABSTRACT_LABEL.match(abstract)
    abstract = abstract[label.end() :] if label else abstract
    is_none = _PLACEHOLDER.fullmatch(abstract) or _NO_ABSTRACT.fullmatch(abstract)
    return "" if is_none else abstract


def year_of(value: object) -> int | None:
    """Return the first year in a number or a text such as a date; None if there is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return value if _YEARS.start <= value < _YEARS.stop else None
    # East Asian texts have wide digits.
    text = unicodedata.normalize("NFKC", value) if isinstance(value, str) else ""
    year = _YEAR.search(text)
    return int(year.group()) if year else None
