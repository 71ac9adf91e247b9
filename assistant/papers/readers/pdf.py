"""Reader of PDFs: the title and the abstract of the paper that a file is."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.papers.document import Document
from assistant.papers.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.author_names import split_authors
from assistant.papers.parsing.records import make_record, year_of
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record, Skipped

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NAME = "PDF of a paper"

NO_ABSTRACT = 'no heading "Abstract" found with text under it; copy title and abstract into a text'
NO_TITLE = "no title found; copy title and abstract into a text"

# Before this many bytes the mark of a PDF may stand.
_MARK_WITHIN = 1024
_PAGES = 2
_HEADING = re.compile(
    r"^\W*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary)"
    # Alone in its line, set off, in capitals, or before a word that often begins an abstract.
    r"(?:\s*(?:[.:—–-]+\s*|$)|(?-i:(?<=ABSTRACT)\s)"
    r"|(?-i:\s+(?=(?:We|This|In|The|Our|An?|Recent\w*|Large|While|Despite|Although|To)\b)))",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^\W*(?:(?:\d{1,2}|I)?[.\s]*(?:introduction|background)\b|key\s?-?words|index terms"
    r"|ccs concepts|categories and|general terms|acm reference|jel class|plain language"
    r"|(?-i:1\.?\s+[A-Z][a-z]))",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_WORDS = 20
# Without a heading after it, an abstract is cut at the end of a sentence before so many words.
_MOST_WORDS = 400
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xAD: ""}
_STAMP = re.compile(r"arXiv:\S+\s+\[[\w.-]+\]\s+(.{5,20}?[12][0-9]{3})")
# What programs write for a title when they know none.
_NO_TITLE = re.compile(
    r"\s*(?:untitled|microsoft word|powerpoint|title|paper|main|template"
    r"|.*\.(?:docx?|tex|dvi|pdf))\b",
    re.IGNORECASE,
)
_TITLE_WORDS = range(2, 41)

# It tells of everything odd in a file, most of which does not matter.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def recognises(document: Document) -> bool:
    """Tell by the mark of a PDF."""
    return b"%PDF-" in document.first_bytes[:_MARK_WITHIN]


def read(document: Document) -> Iterator[Record]:
    """Return the one paper, from the first pages."""
    from pypdf import PdfReader

    try:
        yield _paper(PdfReader(document.bytes()), document.name)
    # A damaged file makes the library raise anything, down to errors of its own code.
    except Exception as error:
        why = "with a password" if "decrypt" in str(error).casefold() else "or a damaged one"
        yield Skipped(document.name, f"is a PDF {why}, which cannot be read")


def _paper(pdf: "PdfReader", source: str) -> Record:
    pages = [pdf.pages[number] for number in range(min(_PAGES, len(pdf.pages)))]
    text = "\n".join(page.extract_text() for page in pages).translate(_LIGATURES)
    title = _title(pdf, pages[0]) if pages else ""
    abstract = _abstract(text)
    if not abstract or not title:
        return Skipped(source, NO_TITLE if abstract else NO_ABSTRACT, "page 1")
    stamp = _STAMP.search(text)
    return make_record(
        source,
        "page 1",
        title=title,
        abstract=abstract,
        authors=split_authors((pdf.metadata and pdf.metadata.author) or ""),
        year=year_of(stamp.group(1)) if stamp else None,
        doi=find_doi(text[: text.find(abstract[:20])]),
        arxiv_id=find_arxiv_id(text),
    )


def _abstract(text: str) -> str:
    """Return what stands between the heading of the abstract and the next heading."""
    for heading in _HEADING.finditer(text):
        rest = text[heading.end() :]
        end = _END.search(rest)
        abstract = _HYPHEN.sub("", rest[: end.start()] if end else rest)
        words = one_line(abstract).split()
        if end is None or len(words) > _MOST_WORDS:
            words = _whole_sentences(" ".join(words[:_MOST_WORDS])).split()
        if len(words) >= _FEWEST_WORDS:
            return " ".join(words)
    return ""


def _whole_sentences(text: str) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _title(pdf: "PdfReader", page: "PageObject") -> str:
    """Return the title that the file says it has, or else the largest text on its first page."""
    said = one_line((pdf.metadata and pdf.metadata.title) or "")
    if len(said.split()) in _TITLE_WORDS and not _NO_TITLE.match(said):
        return said
    shown = one_line(_largest_text(page).translate(_LIGATURES))
    return shown if len(shown.split()) <= _TITLE_WORDS.stop else ""


@dataclass(frozen=True, slots=True)
class _Stretch:
    size: float
    text: str


def _largest_text(page: "PageObject") -> str:
    stretches: list[_Stretch] = []

    def note(text: str, *layout: Any) -> None:
        _, matrix, _, size = layout
        # What stands upright in the margin is arXiv's stamp.
        if text.strip() and abs(matrix[1]) < abs(matrix[0]):
            stretches.append(_Stretch(abs(size * matrix[0]), text))

    page.extract_text(visitor_text=note)
    sizes = [s.size for s in stretches if sum(map(str.isalpha, s.text)) > 1]
    largest = max(sizes, default=0.0)
    return " ".join(s.text for s in stretches if s.size > 0.95 * largest)
