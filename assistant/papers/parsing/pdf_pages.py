"""Read the lines of text on the first pages of a PDF, with their places and sizes."""

import logging
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage

# The library logs every irregularity in a file, most of which are harmless.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfminer").propagate = False

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xAD: ""}
# A gap of this part of the size is a space, as in the library's analysis of lines.
_SPACE = 0.1


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a page.

    Attributes:
        text: as shown.
        size: of most of its characters, in points.
        top: the distance of its upper edge from the bottom of the page, in points.
        bottom: the same of its lower edge.
    """

    text: str
    size: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page.

    Attributes:
        lines: in reading order, column by column.
        turned: text that is not upright, such as arXiv's stamp in the margin.
    """

    lines: tuple[TextLine, ...]
    turned: str

    @property
    def text(self) -> str:
        """The upright text."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Pdf:
    """The first pages, and the title and authors that the file declares."""

    pages: tuple[PdfPage, ...]
    title: str
    author: str


def read_pdf(data: BinaryIO, max_pages: int) -> Pdf:
    """Read the first pages. For a damaged file the library may raise any exception.

    Raises:
        PDFPasswordIncorrect: the file cannot be read without a password.
    """
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = PDFDocument(PDFParser(data))
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources, laparams=None)
        interpreter = PDFPageInterpreter(resources, device)
        pages = []
        for page in PDFPage.create_pages(document):
            interpreter.process_page(page)
            pages.append(_page(device.get_result()))
            if len(pages) == max_pages:
                break
    return Pdf(tuple(pages), _declared(document.info, "Title"), _declared(document.info, "Author"))


def _declared(infos: Iterable[Any], name: str) -> str:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for info in infos:
        value = resolve1(info.get(name))
        if isinstance(value, bytes):
            return decode_text(value).translate(_LIGATURES)
    return ""


def _page(layout: "LTPage") -> PdfPage:
    from pdfminer.layout import LAParams, LTPage, LTTextLine

    characters = list(_characters(layout))
    upright = LTPage(layout.pageid, layout.bbox)
    for character in characters:
        if character.upright:
            upright.add(character)
    upright.analyze(LAParams())
    lines = [line for box in upright for line in _lines_in(box) if isinstance(line, LTTextLine)]
    turned = [character for character in characters if not character.upright]
    return PdfPage(tuple(filter(None, map(_line, lines))), _joined(turned))


def _characters(container: Any) -> Iterator["LTChar"]:
    """Yield the characters on a page; those in figures only if there are no others."""
    from pdfminer.layout import LTChar, LTFigure

    found = [item for item in container if isinstance(item, LTChar)]
    yield from found
    if not found:
        for item in container:
            if isinstance(item, LTFigure):
                yield from _characters(item)


def _lines_in(box: Any) -> Iterable[Any]:
    return box if hasattr(box, "__iter__") else ()


def _line(line: Any) -> TextLine | None:
    from pdfminer.layout import LTChar

    text = line.get_text().translate(_LIGATURES).strip()
    sizes = [one.size for one in line if isinstance(one, LTChar) and one.get_text().strip()]
    return TextLine(text, median(sizes), line.y1, line.y0) if text and sizes else None


def _joined(characters: list["LTChar"]) -> str:
    """Return characters that go up the page, in the order of the file."""
    text = ""
    before: LTChar | None = None
    for character in characters:
        if before is not None and character.y0 - before.y1 > _SPACE * character.width:
            text += " "
        text += character.get_text()
        before = character
    return " ".join(text.split())
