"""Writer of BibTeX."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.extra_fields import is_address
from assistant.papers.names import Name
from assistant.papers.paper import Paper, PaperType
from assistant.text.words import content_words

NAME = "BibTeX"
SUFFIX = ".bib"

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Braces must balance, and BibTeX counts escaped ones too; these commands are balanced.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        **{character: "\\" + character for character in "#$%&_"},
    }
)
# LaTeX ligatures for dashes, quotation marks and inverted marks; an empty group prevents them.
_LIGATURE = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[?!])`")
# BibTeX, or the reader in this package, splits names at these.
_NAME_SEPARATOR = re.compile(r"[,;]|\band\b|^others$", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_LIST_SEPARATOR = re.compile(r"[,;]")
_KEY = re.compile(r"[^\s{}(),%#\"'~\\=]+")
ID_FIELDS = ("pmid", "pmcid", "isbn", "issn", "openreview", "acl")
"""The fields for further ids. Other kinds are left out."""

_ARCHIVE_FIELDS = ("eprint", "archiveprefix", "eprinttype")

NOTE_SOURCE = "annotesource"
NOTE_MARK = "paper-assistant"
"""The field, and its value, that distinguishes a user's note from one read with the paper."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

Fields = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The differences between BibTeX and BibLaTeX.

    Attributes:
        entry_types: the entry types, by type of paper.
        journal: the name of the field.
        institution: the name of the field by type of paper; for other types it is the publisher.
        archive: the name of the field for the archive of a preprint.
        date: yields the date fields and their values, in braces unless they are macros.
        note: the name of the field for notes.
    """

    entry_types: Mapping[PaperType | None, str]
    journal: str
    institution: Mapping[PaperType, str]
    archive: str
    date: Callable[[Paper], Fields]
    note: str


def _date(paper: Paper) -> Fields:
    year = str(paper.year or "")
    if year:
        yield "year", f"{{{year}}}"
    if paper.published and paper.published[:4] != year:
        yield "date", f"{{{paper.published}}}"
    elif paper.published:
        _, month, *day = paper.published.split("-")
        yield "month", _MONTHS[int(month) - 1]
        yield from (("day", f"{{{int(number)}}}") for number in day)


BIBTEX = Dialect(
    # BibTeX treats the types that it does not know as misc.
    entry_types={
        "article": "article",
        "inproceedings": "inproceedings",
        "preprint": "misc",
        "book": "book",
        "thesis": "phdthesis",
        "report": "techreport",
        "dataset": "dataset",
        "other": "misc",
        None: "misc",
    },
    journal="journal",
    institution={"thesis": "school", "report": "institution"},
    archive="archiveprefix",
    date=_date,
    note="annote",
)


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield an entry per paper.

    The key is the paper's own if it is valid, else one such as ``frost2021glacier``. Keys are made
    unique with a number. Tags become keywords; collections become groups, as in JabRef. A note
    replaces an extra field of that name.
    """
    yield from write_entries(papers, annotated, BIBTEX)


def write_entries(papers: Iterable[Paper], annotated: Annotated, dialect: Dialect) -> Iterator[str]:
    """Yield an entry per paper in a dialect."""
    used: dict[str, int] = {}
    for paper in papers:
        noted = annotated.get(paper.id, NO_ANNOTATION)
        yield _entry(paper, noted, _unused(citation_key(paper), used), dialect)


def citation_key(paper: Paper) -> str:
    """Return a paper's own citation key, or one built from its author, year and title."""
    key = paper.citation_key or ""
    return key if _KEY.fullmatch(key) else _key(paper)


def _entry(paper: Paper, noted: Annotation, key: str, dialect: Dialect) -> str:
    is_chapter = paper.type == "book" and paper.venue
    kind = "incollection" if is_chapter else dialect.entry_types[paper.type]
    lines = [f"  {name} = {value},\n" for name, value in _fields(paper, noted, dialect)]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"


def _fields(paper: Paper, noted: Annotation, dialect: Dialect) -> Fields:
    """Yield the fields and their values, each in braces unless it is a macro."""
    publisher = dialect.institution.get(paper.type or "other", "publisher")
    venue = "booktitle" if paper.type in ("inproceedings", "book") else dialect.journal
    before_date = {
        "title": f"{{{_escaped(paper.title)}}}",  # extra braces protect the capitals
        "author": _names(paper, paper.author_names),
        "editor": _names(paper, paper.editor_names),
        venue: _escaped(paper.venue or ""),
    }
    after_date = {
        "volume": _escaped(paper.volume or ""),
        "number": _escaped(paper.issue or ""),
        "pages": _escaped(paper.pages or "").replace("-", "--"),
        publisher: _escaped(paper.publisher or ""),
        "doi": _verbatim(paper.doi),
        "eprint": _verbatim(paper.arxiv_id),
        dialect.archive: "arXiv" if paper.arxiv_id else "",
        "pubstate": "prepublished" if paper.type == "preprint" else "",
        "entrysubtype": "other" if paper.type == "other" else "",
        "url": _verbatim(paper.url),
        "langid": _escaped(paper.language or ""),
        "keywords": _list(noted.keywords(paper.keywords)),
        "groups": _list(noted.collections),
        "readstatus": "read" if noted.is_read else "",
        dialect.note: _escaped(noted.note),
        NOTE_SOURCE: NOTE_MARK if noted.note else "",
        **{kind: _escaped(value) for kind, value in paper.ids if kind in ID_FIELDS},
        "abstract": _escaped(paper.abstract),
    }
    extra = {
        name: _extra(text)
        for name, text in paper.extra
        if not after_date.get(name)
        # With the name of another archive, the arXiv id would be read as an id of that archive.
        and not (paper.arxiv_id and name in _ARCHIVE_FIELDS)
    }
    yield from ((name, f"{{{value}}}") for name, value in before_date.items() if value)
    yield from dialect.date(paper)
    yield from ((name, f"{{{value}}}") for name, value in (after_date | extra).items() if value)


def _extra(text: str) -> str:
    return text if is_address(text) else _escaped(text)


def _list(texts: Iterable[str]) -> str:
    return ", ".join(_LIST_SEPARATOR.sub(r"{\g<0>}", _escaped(text)) for text in texts)


def _names(paper: Paper, names: Iterable[Name]) -> str:
    return " and ".join(_name(name, is_known=name in paper.names) for name in names)


def _name(name: Name, is_known: bool) -> str:
    """Return a name: known parts with the family name first, organisations in braces."""
    escaped = _escaped(str(name))
    if name.literal or Name.from_inverted(name.inverted) != name:
        return f"{{{escaped}}}"
    inverted = _escaped(name.inverted)
    # In a name without commas, BibTeX takes the suffix for the family name.
    if (is_known or name.suffix) and not _AND.search(inverted):
        return inverted
    return f"{{{escaped}}}" if _NAME_SEPARATOR.search(str(name)) else escaped


def _escaped(text: str) -> str:
    return _LIGATURE.sub(lambda mark: "{}" + mark.group(), text.translate(_ESCAPES))


def _verbatim(text: str | None) -> str:
    """Return a URL or id unescaped, as BibTeX expects it, but with braces percent-encoded."""
    return (text or "").replace("{", "%7B").replace("}", "%7D")


def _key(paper: Paper) -> str:
    first = paper.author_names[:1]
    last_names = [_ascii((name.family or name.literal).split()[-1]) for name in first if str(name)]
    words = [word for word in map(_ascii, content_words(paper.title)) if word]
    return "".join([*last_names, str(paper.year or ""), *words[:1]]) or "paper"


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _unused(key: str, used: dict[str, int]) -> str:
    """Return the key, with a number appended if it has been used before."""
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else _unused(f"{key}-{used[key]}", used)
