"""Writer of BibTeX."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from assistant.papers.names import Name
from assistant.papers.paper import Paper, PaperType
from assistant.text.words import content_words

NAME = "BibTeX"

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts escaped braces too, which must balance; these commands have none unbalanced.
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
# BibTeX splits names at these.
_NAME_SEPARATOR = re.compile(r",|\band\b|^others$", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_LIST_SEPARATOR = re.compile(r"[,;]")
_KEY = re.compile(r"[^\s{}(),%#\"'~\\=]+")
ID_FIELDS = ("pmid", "pmcid", "isbn", "issn", "openreview", "acl")
"""The fields for further ids. Other kinds are left out."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

ENTRY_TYPES: dict[PaperType | None, str] = {
    "article": "article",
    "inproceedings": "inproceedings",
    "preprint": "misc",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "dataset": "dataset",
    "other": "misc",
    None: "misc",
}
"""The entry types. BibTeX treats those that it does not know as misc."""


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield an entry per paper.

    Its key is the paper's own if that is valid, else one such as ``frost2021glacier``. Keys are
    made unique with a number.
    """
    used: dict[str, int] = {}
    for paper in papers:
        yield _entry(paper, _unused(citation_key(paper), used))


def citation_key(paper: Paper) -> str:
    """Return the key of a paper's bibliography, or one made of its author, year and title."""
    key = paper.citation_key or ""
    return key if _KEY.fullmatch(key) else _key(paper)


def _entry(paper: Paper, key: str) -> str:
    lines = [f"  {name} = {value},\n" for name, value in _fields(paper)]
    return f"@{_entry_type(paper)}{{{key},\n{''.join(lines)}}}\n\n"


def _entry_type(paper: Paper) -> str:
    return "incollection" if paper.type == "book" and paper.venue else ENTRY_TYPES[paper.type]


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the fields and their values, each in braces unless it is a macro."""
    year = str(paper.year or "")
    publisher = {"thesis": "school", "report": "institution"}.get(paper.type or "", "publisher")
    venue = "booktitle" if paper.type in ("inproceedings", "book") else "journal"
    has_date = bool(paper.published) and (paper.published or "")[:4] != year
    values = {
        "title": f"{{{_escaped(paper.title)}}}",  # extra braces protect the capitals
        "author": _names(paper, paper.author_names),
        "editor": _names(paper, paper.editor_names),
        venue: _escaped(paper.venue or ""),
        "year": year,
        "date": paper.published or "" if has_date else "",
        "volume": _escaped(paper.volume or ""),
        "number": _escaped(paper.issue or ""),
        "pages": _escaped(paper.pages or "").replace("-", "--"),
        publisher: _escaped(paper.publisher or ""),
        "doi": _verbatim(paper.doi),
        "eprint": _verbatim(paper.arxiv_id),
        "archiveprefix": "arXiv" if paper.arxiv_id else "",
        "pubstate": "prepublished" if paper.type == "preprint" else "",
        "entrysubtype": "other" if paper.type == "other" else "",
        "url": _verbatim(paper.url),
        "langid": _escaped(paper.language or ""),
        "keywords": ", ".join(_LIST_SEPARATOR.sub(r"{\g<0>}", _escaped(k)) for k in paper.keywords),
        **{kind: _escaped(value) for kind, value in paper.ids if kind in ID_FIELDS},
        "abstract": _escaped(paper.abstract),
    }
    for name, value in values.items():
        if value:
            yield name, f"{{{value}}}"
        if name == "year" and paper.published and not has_date:
            _, month, *day = paper.published.split("-")
            yield "month", _MONTHS[int(month) - 1]
            yield from (("day", f"{{{int(number)}}}") for number in day)


def _names(paper: Paper, names: Iterable[Name]) -> str:
    return " and ".join(_name(name, is_known=name in paper.names) for name in names)


def _name(name: Name, is_known: bool) -> str:
    """Return a name: known parts with the family name first, organisations in braces."""
    escaped = _escaped(str(name))
    if name.literal or Name.from_inverted(name.inverted) != name:
        return f"{{{escaped}}}"
    inverted = _escaped(name.inverted)
    # BibTeX takes the suffix of a name without commas for the family name.
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
