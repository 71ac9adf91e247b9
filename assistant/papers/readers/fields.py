"""What readers share: from the fields of a record, as a file has them, to a paper."""

import html
import re
from collections.abc import Callable, Iterable

from assistant.papers.identifiers import mentioned_arxiv_id, valid_arxiv_id, valid_doi
from assistant.papers.paper import Paper
from assistant.papers.readers.latex import without_latex
from assistant.papers.record import Record, Skipped

NO_TITLE = "no title"
NO_ABSTRACT = "no abstract"
_FULL_TEXT = "not an abstract but a text of more than 50,000 characters"
_LONGEST_ABSTRACT = 50_000

# Of HTML and of the JATS that publishers deposit. Others may be no tags: "p <alpha> q".
_TAG = re.compile(
    r"</?(?:jats:)?(?:p|i|b|u|em|strong|sub|sup|sc|italic|bold|title|sec|span|div|br|a|ul|li|h[1-6]"
    r"|inline-formula|tex-math)\b[^<>]*>",
    re.IGNORECASE,
)
_ABSTRACT_TITLE = re.compile(
    r"<((?:jats:)?title|h[1-6]|strong|b)>\s*abstract\s*</\1>", re.IGNORECASE
)
# "10<sup>-8</sup>": without its tags it would be another number.
_POWER = re.compile(r"(?<=10)<(?:jats:)?sup>\s*([-+−–]?\d{1,3})\s*</(?:jats:)?sup>", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:/?(?:jats:)?(?:p|title|sec|div|br|li|h[1-6]))\b", re.IGNORECASE)
# Half of a surrogate pair stands for no character, and control characters show as none.
_NO_CHARACTER = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u200b\ufeff]")
_HEADING = re.compile(r"(?:(?:Abstract|ABSTRACT)\s*[:.–—]|ABSTRACT(?=\s))\s*")
_NOT_THERE = re.compile(
    r"\W*(?:n/?a|none|null|nan|unknown|no abstract(?: (?:is )?(?:available|provided|found))?"
    r"|abstract (?:is )?(?:not available|unavailable))?\W*",
    re.IGNORECASE,
)
# Not in LaTeX, where an ampersand that is meant as one stands behind a backslash.
_REFERENCE = re.compile(r"(?<!\\)&(?:#?[0-9a-zA-Z]{1,31};|#x[0-9a-fA-F]{1,8};)")
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|2[01])[0-9]{2}(?![0-9])")
_YEARS = range(1500, 2200)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def paper_or_reason(
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
    clean: Callable[[str], str] | None = None,
) -> Record:
    """Return the paper that the fields of a record make, or why they make none.

    Title, abstract and names are freed of markup, LaTeX and line ends; identifiers that are none
    are left out; the DOI of an arXiv paper, or its address, gives its arXiv id.

    Args:
        source: the name of the file.
        where: in the file the record stands.
        title: as it stands in the file.
        abstract: as it stands in the file.
        authors: their names, each with the last name last.
        year: a number, or a text with the year in it, such as a date.
        url: where a person can read the paper.
        doi: bare or as an address.
        arxiv_id: bare, with a version, or as an address.
        clean: what frees title, abstract and names of markup; `plain` if not given.
    """
    clean = clean or plain
    clean_title, clean_abstract = clean(title or ""), _without_heading(clean(abstract or ""))
    if not clean_title or _NOT_THERE.fullmatch(clean_title):
        return Skipped(source, NO_TITLE, where)
    if not clean_abstract:
        return Skipped(source, NO_ABSTRACT, where)
    if len(clean_abstract) > _LONGEST_ABSTRACT:
        return Skipped(source, _FULL_TEXT, where)
    doi = valid_doi(doi or "")
    arxiv_id = valid_arxiv_id(arxiv_id or "") or mentioned_arxiv_id(f"{doi} {url}")
    if doi and mentioned_arxiv_id(doi):
        doi = None
    address = _ADDRESS.search(plain(url or ""))
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


def plain(text: str) -> str:
    """Return a text on one line, with plain characters for tags, references and LaTeX."""
    return one_line(without_latex(without_tags(text)))


def without_tags(text: str) -> str:
    """Return a text without the tags and character references of HTML and JATS."""
    if "<" in text:
        text = _POWER.sub(r"^\1", text)
        text = _TAG.sub("", _BREAKING_TAG.sub(r" \g<0>", _ABSTRACT_TITLE.sub("", text)))
    return _REFERENCE.sub(_unescaped, text) if "&" in text else text


def _unescaped(reference: re.Match[str]) -> str:
    return html.unescape(reference.group())


def one_line(text: str) -> str:
    """Return a text with single spaces for all white space, and without control characters."""
    text = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub("", text))
    return " ".join(text.split())


def _without_heading(abstract: str) -> str:
    """Return an abstract without the word before it; nothing if it only says there is none."""
    heading = _HEADING.match(abstract)
    abstract = abstract[heading.end() :] if heading else abstract
    return "" if _NOT_THERE.fullmatch(abstract) else abstract


def year_of(value: object) -> int | None:
    """Return the first year in a number or text such as a date."""
    if isinstance(value, int):
        return value if _YEARS.start <= value < _YEARS.stop else None
    year = _YEAR.search(value) if isinstance(value, str) else None
    return int(year.group()) if year else None
