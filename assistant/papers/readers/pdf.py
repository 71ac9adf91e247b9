"""Reader of the PDF of a paper: extracts title and abstract."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.author_names import split_authors
from assistant.papers.parsing.records import make_record, year_of
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record, Skipped

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NAME = "PDF of a paper"
EXTENSIONS = (".pdf",)
RECOGNISED_BY = "`%PDF-` at the start"
READS = (
    "title (from the metadata, else the largest text of the first page), abstract (from its "
    "heading to the next), arXiv id, DOI, year of arXiv's stamp, authors if the metadata "
    "names them"
)

NO_ABSTRACT = 'no heading "Abstract" found with text under it; copy both into a text file'
NO_TITLE = "no title found; copy the title and abstract into a text file"

# The signature "%PDF-" may come after some other bytes.
_SIGNATURE_WITHIN_BYTES = 1024
_MAX_PAGES = 2
_HEADING = re.compile(
    r"^\W*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary)"
    # Alone on its line, followed by punctuation, in capitals, or before a word that often begins an
    # abstract.
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
_MIN_WORDS = 20
# An abstract without a heading after it is cut after the last sentence within this many words.
_MAX_WORDS = 400
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_HYPHENATION = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xAD: ""}
_ARXIV_STAMP = re.compile(r"arXiv:\S+\s+\[[\w.-]+\]\s+(.{5,20}?[12][0-9]{3})")
# Titles that programs set by default.
_DEFAULT_TITLE = re.compile(
    r"\s*(?:untitled|microsoft word|powerpoint|title|paper|main|template"
    r"|.*\.(?:docx?|tex|dvi|pdf))\b",
    re.IGNORECASE,
)
_TITLE_WORDS = range(2, 41)

# The library logs every irregularity in a file, most of which are harmless.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def recognises(document: Document) -> bool:
    """Return whether the signature of a PDF is there."""
    return b"%PDF-" in document.first_bytes[:_SIGNATURE_WITHIN_BYTES]


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the one paper, from the first pages."""
    from pypdf import PdfReader

    try:
        yield _paper(PdfReader(document.bytes()), document.name)
    # For a damaged file the library may raise any exception, such as an AttributeError.
    except Exception as error:
        kind = "password-protected" if "decrypt" in str(error).casefold() else "damaged"
        yield Skipped(document.name, f"is a {kind} PDF, which cannot be read")


def _paper(pdf: "PdfReader", source: str) -> Record:
    pages = [pdf.pages[number] for number in range(min(_MAX_PAGES, len(pdf.pages)))]
    text = "\n".join(page.extract_text() for page in pages).translate(_LIGATURES)
    title = _title(pdf, pages[0]) if pages else ""
    abstract = _abstract(text)
    if not abstract or not title:
        return Skipped(source, NO_TITLE if abstract else NO_ABSTRACT, "page 1")
    stamp = _ARXIV_STAMP.search(text)
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
    """Return the text between the heading "Abstract" and the next heading."""
    for heading in _HEADING.finditer(text):
        rest = text[heading.end() :]
        end = _END.search(rest)
        abstract = _HYPHENATION.sub("", rest[: end.start()] if end else rest)
        words = one_line(abstract).split()
        if end is None or len(words) > _MAX_WORDS:
            words = _whole_sentences(" ".join(words[:_MAX_WORDS])).split()
        if len(words) >= _MIN_WORDS:
            return " ".join(words)
    return ""


def _whole_sentences(text: str) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _title(pdf: "PdfReader", page: "PageObject") -> str:
    """Return the title in the metadata, or else the text in the largest font on the first page."""
    declared = one_line((pdf.metadata and pdf.metadata.title) or "")
    if len(declared.split()) in _TITLE_WORDS and not _DEFAULT_TITLE.match(declared):
        return declared
    largest = one_line(_largest_text(page).translate(_LIGATURES))
    return largest if len(largest.split()) <= _TITLE_WORDS.stop else ""


@dataclass(frozen=True, slots=True)
class _TextRun:
    size: float
    text: str


def _largest_text(page: "PageObject") -> str:
    runs: list[_TextRun] = []

    def collect(text: str, *layout: Any) -> None:
        _, matrix, _, size = layout
        # Rotated text is arXiv's stamp in the margin.
        if text.strip() and abs(matrix[1]) < abs(matrix[0]):
            runs.append(_TextRun(abs(size * matrix[0]), text))

    page.extract_text(visitor_text=collect)
    sizes = [s.size for s in runs if sum(map(str.isalpha, s.text)) > 1]
    largest = max(sizes, default=0.0)
    return " ".join(s.text for s in runs if s.size > 0.95 * largest)
