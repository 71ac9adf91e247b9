"""Reading the lines of text on the first pages of a PDF, with their positions and font sizes."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage, LTTextLine
    from pdfminer.pdfdocument import PDFDocument

# The library logs every irregularity in a file; most are harmless.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfminer").propagate = False

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xAD: ""}
# Old TeX fonts do not declare the characters of their ligatures.
_UNMAPPED = {"(cid:11)": "ff", "(cid:12)": "fi", "(cid:13)": "fl", "(cid:14)": "ffi"}
_UNMAPPED_CHARACTER = re.compile(r"\(cid:\d+\)")
# A gap of this fraction of the font size is a space, as in the library's line analysis.
_SPACE = 0.1
# Lines whose upper edges differ by less than this fraction of their height are side by side.
_SAME_ROW = 0.3
_MIN_PARAGRAPH = 3


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a page.

    Attributes:
        text: the text as displayed.
        size: the font size of most of its characters, in points.
        top: the distance of its upper edge from the bottom of the page, in points.
        bottom: the distance of its lower edge from the bottom of the page, in points.
    """

    text: str
    size: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page.

    Attributes:
        lines: the lines in reading order, column by column.
        turned: rotated text, such as arXiv's stamp in the margin.
    """

    lines: tuple[TextLine, ...]
    turned: str

    @property
    def text(self) -> str:
        """The upright text."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Pdf:
    """The first pages, and the title and authors in the file's metadata."""

    pages: tuple[PdfPage, ...]
    title: str
    author: str


def read_pdf(data: BinaryIO, max_pages: int) -> Pdf:
    """Read the first pages. For a damaged file, the library may raise any exception.

    Raises:
        PDFPasswordIncorrect: the file requires a password.
    """
    with _without_warnings():
        document = _document(data)
        pages = tuple(_pages(document, 0, max_pages))
    return Pdf(pages, _declared(document.info, "Title"), _declared(document.info, "Author"))


def read_pages(data: BinaryIO, first: int, count: int) -> Iterator[PdfPage]:
    """Yield up to ``count`` pages of a PDF from page ``first`` (from 1). Raises like `read_pdf`."""
    with _without_warnings():
        yield from _pages(_document(data), first - 1, first - 1 + count)


@contextmanager
def _without_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _document(data: BinaryIO) -> "PDFDocument":
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    return PDFDocument(PDFParser(data))


def _pages(document: "PDFDocument", start: int, stop: int) -> Iterator[PdfPage]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in islice(PDFPage.create_pages(document), start, stop):
        interpreter.process_page(page)
        yield _page(device.get_result())


def _declared(infos: Iterable[Any], name: str) -> str:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for info in infos:
        value = resolve1(info.get(name))
        if isinstance(value, bytes):
            return decode_text(value).translate(_LIGATURES)
    return ""


def _page(layout: "LTPage") -> PdfPage:
    from pdfminer.layout import LAParams, LTPage, LTTextBox

    characters = list(_characters(layout))
    upright = LTPage(layout.pageid, layout.bbox)
    for character in characters:
        if character.upright:
            upright.add(character)
    upright.analyze(LAParams())
    boxes = [box for box in upright if isinstance(box, LTTextBox)]
    rows = [row for lines in _lines_of(boxes) for row in _rows(lines)]
    turned = [character for character in characters if not character.upright]
    return PdfPage(tuple(filter(None, map(_line, rows))), _joined(turned))


def _characters(container: Any) -> Iterator["LTChar"]:
    """Yield the characters on a page; those in figures only if there are no others."""
    from pdfminer.layout import LTChar, LTFigure

    found = [item for item in container if isinstance(item, LTChar)]
    yield from found
    if not found:
        for item in container:
            if isinstance(item, LTFigure):
                yield from _characters(item)


def _lines_of(boxes: Sequence[Any]) -> list[list["LTTextLine"]]:
    """Return the lines of each text box. A box inside a paragraph is a word between wide gaps."""
    from pdfminer.layout import LTTextLine

    lines = [[line for line in box if isinstance(line, LTTextLine)] for box in boxes]
    paragraphs = [n for n, found in enumerate(lines) if len(found) >= _MIN_PARAGRAPH]
    for number, box in enumerate(boxes):
        if len(lines[number]) == 1:
            around = (n for n in paragraphs if n != number and _is_inside(box, boxes[n]))
            if (owner := next(around, None)) is not None:
                lines[owner] += lines[number]
                lines[number] = []
    return lines


def _is_inside(box: Any, other: Any) -> bool:
    return bool(
        other.x0 <= box.x0 and box.x1 <= other.x1 and other.y0 <= box.y0 and box.y1 <= other.y1
    )


def _rows(lines: list["LTTextLine"]) -> list[list["LTTextLine"]]:
    """Group the lines of a box that are side by side: a line with wide gaps was split up."""
    rows: list[list[LTTextLine]] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        if rows and abs(rows[-1][0].y1 - line.y1) < _SAME_ROW * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _line(row: list["LTTextLine"]) -> TextLine | None:
    from pdfminer.layout import LTChar

    text = " ".join(line.get_text() for line in row)
    text = _UNMAPPED_CHARACTER.sub(lambda one: _UNMAPPED.get(one.group(), ""), text)
    text = " ".join(text.translate(_LIGATURES).split())
    characters = [one for line in row for one in line if isinstance(one, LTChar)]
    sizes = [one.size for one in characters if one.get_text().strip()]
    if not text or not sizes:
        return None
    return TextLine(text, median(sizes), row[0].y1, row[0].y0)


def _joined(characters: list["LTChar"]) -> str:
    """Return the text of characters that run up the page, in file order."""
    text = ""
    before: LTChar | None = None
    for character in characters:
        if before is not None and character.y0 - before.y1 > _SPACE * character.width:
            text += " "
        text += character.get_text()
        before = character
    return " ".join(text.split())
