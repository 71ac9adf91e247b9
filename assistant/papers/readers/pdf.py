"""Reader of PDFs of papers: extracts the title and the abstract."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.author_names import split_authors
from assistant.papers.parsing.pdf_pages import Pdf, PdfPage, TextLine, read_pdf
from assistant.papers.parsing.records import make_record, year_of
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.pdf_file import PdfFile
from assistant.papers.record import Record, Skipped

NAME = "PDF of a paper"
EXTENSIONS = (".pdf",)
RECOGNISED_BY = "`%PDF-` at the start"
READS = (
    "title (the largest text above the abstract, or the metadata if the page shows that), abstract "
    "(from its heading to the next; a page without a heading needs arXiv's stamp), arXiv id, DOI, "
    "year of arXiv's stamp, authors if the metadata name them and the page shows them"
)

NO_ABSTRACT = 'no heading "Abstract" found with text under it; copy both into a text file'
NO_TITLE = "no title found; copy the title and abstract into a text file"

# The signature may come after other bytes. If text precedes it on the same line, it is a quotation.
_SIGNATURE = re.compile(rb"(?:\A|[^\x20-\x7e])%PDF-[0-9]")
_SIGNATURE_WITHIN_BYTES = 1024
_MAX_PAGES = 2
_BLOCK = 1 << 20
_HEADING = re.compile(
    r"^\W*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary)"
    # Alone on its line, followed by punctuation, in capitals, or before a word that often begins an
    # abstract.
    r"(?:\s*(?:[.:—–-]+\s*|$)|(?-i:(?<=ABSTRACT)\s)"
    r"|(?-i:\s+(?=(?:We|This|In|The|Our|An?|Recent\w*|Large|While|Despite|Although|To)\b)))",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^\W*(?:(?:\d{1,2}|I)[.\s]*(?:introduction|background)\b|(?P<maybe>introduction|background)\b"
    r"|key\s?-?words|index terms"
    r"|ccs concepts|categories and|general terms|acm reference|jel class|plain language"
    r"|(?-i:1\.?\s+[A-Z][a-z]))",
    re.IGNORECASE | re.MULTILINE,
)
# Labels of a structured abstract that come after the first one.
_OTHER_LABEL = re.compile(r"^\W*(?:methods?|results?|objectives?|aims?)\b", re.I | re.MULTILINE)
_LABEL_WITHIN = 1500
_MIN_WORDS = 20
# An abstract without a heading after it is cut after the last sentence within this many words.
_MAX_WORDS = 400
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_HYPHENATION = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_ARXIV_STAMP = re.compile(r"arXiv:\S+\s+\[[\w.-]+\]\s+(.{5,20}?[12][0-9]{3})")
_TITLE_WORDS = range(2, 41)

# Font sizes within this factor count as the same.
_SAME_SIZE = 1.05
_FOOTNOTE_MARKS = " *∗†‡§¶⋆"
# The gap between the lines of a title is less than this fraction of their font size.
_MAX_GAP = 0.9


def recognises(document: Document) -> bool:
    """Return whether the document has the signature of a PDF."""
    return _SIGNATURE.search(document.first_bytes[:_SIGNATURE_WITHIN_BYTES]) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the paper, from the first pages."""
    try:
        paper, abstract_page = _paper(read_pdf(document.bytes(), _MAX_PAGES), document.name)
    # For a damaged file, the library may raise any exception, such as AttributeError.
    except Exception as error:
        kind = "password-protected" if "Password" in type(error).__name__ else "damaged"
        yield Skipped(document.name, f"is a {kind} PDF, which cannot be read")
        return
    if isinstance(paper, Skipped):
        yield paper
    else:
        yield replace(paper, pdf=PdfFile(_sha256(document), abstract_page))


def _sha256(document: Document) -> str:
    digest, file = hashlib.sha256(), document.bytes()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _paper(pdf: Pdf, source: str) -> tuple[Record, int]:
    """Return the record of the paper, and the number of the page with its abstract."""
    text = "\n".join(page.text for page in pdf.pages)
    stamps = " ".join(page.turned for page in pdf.pages)
    abstract, begins_at = _abstract(text)
    title = _title(pdf) if pdf.pages else ""
    arxiv_id = find_arxiv_id(stamps)
    # A file with arXiv's stamp is a paper, even if no heading shows where its abstract is.
    if not title or not (abstract or arxiv_id):
        return Skipped(source, NO_TITLE if abstract else NO_ABSTRACT, "page 1"), 1
    stamp = _ARXIV_STAMP.search(stamps) or _ARXIV_STAMP.search(text)
    record = make_record(
        source,
        "page 1",
        title=title,
        abstract=abstract,
        authors=split_authors(pdf.author) if _is_shown(pdf.author, pdf.pages[0].lines) else (),
        year=year_of(stamp.group(1)) if stamp else None,
        doi=find_doi(text[: text.find(abstract[:20])]) if abstract else None,
        arxiv_id=arxiv_id or find_arxiv_id(text),
    )
    return record, _page_at(pdf, begins_at)


def _page_at(pdf: Pdf, place: int) -> int:
    """Return the number of the page with an offset in the joined text of all pages."""
    number = 1
    for page in pdf.pages[:-1]:
        place -= len(page.text) + 1
        if place < 0:
            break
        number += 1
    return number


def _abstract(text: str) -> tuple[str, int]:
    """Return the text between the heading "Abstract" and the next heading, and its offset."""
    for heading in _HEADING.finditer(text):
        rest = text[heading.end() :]
        end = next((end for end in _END.finditer(rest) if not _is_label(end, rest)), None)
        abstract = _HYPHENATION.sub("", rest[: end.start()] if end else rest)
        words = one_line(abstract).split()
        if end is None or len(words) > _MAX_WORDS:
            words = _whole_sentences(" ".join(words[:_MAX_WORDS])).split()
        if len(words) >= _MIN_WORDS:
            return " ".join(words), heading.end()
    return "", 0


def _is_label(end: re.Match[str], text: str) -> bool:
    """Return whether a heading is a label in a structured abstract: "Background: ..."."""
    if not end.group("maybe"):
        return False
    line, _, following = text[end.end() :].partition("\n")
    if line.strip(" .:–—-"):
        return True
    is_first = len(text[: end.start()].split()) < _MIN_WORDS
    return is_first and _OTHER_LABEL.search(following[:_LABEL_WITHIN]) is not None


def _whole_sentences(text: str) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _title(pdf: Pdf) -> str:
    """Return the largest text above the abstract, or the metadata title if the page shows it."""
    # The first page may be the cover of a repository.
    has_abstract = (page for page in pdf.pages if _heading_of(page) is not None)
    page = next(has_abstract, pdf.pages[0])
    places = [_above_abstract(page), _above_abstract(pdf.pages[0])]
    return next(filter(None, (_title_in(lines, one_line(pdf.title)) for lines in places)), "")


def _title_in(lines: Sequence[TextLine], declared: str) -> str:
    sizes = sorted({line.size for line in lines}, reverse=True)
    groups = [group for size in sizes for group in _groups(lines, size)]
    words = [word for word in declared.split() if word.strip(".,:;?!()").isalpha()]
    if len(words) in _TITLE_WORDS and _is_shown(declared, lines):
        # Extraction may lose spaces.
        same = (one for one in groups if _letters(one) == _letters(declared))
        shown = next(same, declared)
        return shown if len(shown.split()) > len(declared.split()) else declared
    return next(filter(_is_title, map(_without_marks, groups)), "")


def _without_marks(title: str) -> str:
    return title.rstrip(_FOOTNOTE_MARKS)


def _heading_of(page: PdfPage) -> TextLine | None:
    return next((line for line in page.lines if _HEADING.match(line.text)), None)


def _is_shown(declared: str, lines: Sequence[TextLine]) -> bool:
    """Return whether a page shows a text from the metadata, which may be set by a program."""
    shown = _letters(" ".join(line.text for line in lines))
    return bool(_letters(declared)) and _letters(declared) in shown


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _above_abstract(page: PdfPage) -> list[TextLine]:
    """Return the lines above the heading of the abstract, from the top."""
    heading = _heading_of(page)
    if heading is None:
        return sorted(page.lines, key=lambda line: -line.top)
    above = (line for line in page.lines if line.bottom >= heading.top - heading.size / 2)
    return sorted(above, key=lambda line: -line.top)


def _groups(lines: Sequence[TextLine], size: float) -> Iterator[str]:
    """Yield the text of each group of adjacent lines with a font size."""
    group: list[TextLine] = []
    for line in lines:
        if not size / _SAME_SIZE <= line.size <= size * _SAME_SIZE:
            continue
        if group and group[-1].bottom - line.top > _MAX_GAP * size:
            yield one_line(" ".join(one.text for one in group))
            group = []
        group.append(line)
    yield one_line(" ".join(one.text for one in group))


def _is_title(text: str) -> bool:
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return len(words) in _TITLE_WORDS
