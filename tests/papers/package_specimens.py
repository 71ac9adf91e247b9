"""The papers of `specimen_papers` as Word documents, workbooks and e-books."""

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from specimen_papers import PLANES, TOMATO

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HALF = TOMATO.abstract.index(" the films")


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def word_document(*paragraphs: tuple[str, str]) -> bytes:
    """Return a Word document with paragraphs, each a style and a text."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (("Titel", "Title"), ("berschrift1", "heading 1"), ("Text", "Normal"))
    )
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook with one sheet of rows."""
    data = io.BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def e_book(chapter: str, metadata: str = "") -> bytes:
    """Return an e-book with one chapter."""
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles>'
            "</container>",
            "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{metadata}</metadata><manifest>"
            '<item id="c1" href="text/one%20.xhtml"/></manifest>'
            '<spine><itemref idref="c1"/></spine></package>',
            "OEBPS/text/one .xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
            f"{chapter}</body></html>",
        }
    )


DOCX = word_document(
    ("Titel", TOMATO.title),
    ("Author", "Ada Frost, Jörg Møller"),
    ("Text", "doi:10.5555/tomato.1, arXiv:2103.00001"),
    ("Text", "Abstract"),
    ("Text", TOMATO.abstract[:_HALF]),
    ("Text", TOMATO.abstract[_HALF:]),
    ("berschrift1", "Tomatoes"),
    ("Text", "Tomatoes are red."),
)
XLSX = workbook(
    ("What I have read",),
    (),
    ("Title", "Authors", "Year", "DOI", "Link", "Abstract"),
    (TOMATO.title, "Ada Frost; Jörg Møller", 2021, TOMATO.doi, TOMATO.url, TOMATO.abstract),
    (PLANES.title, "Cy Fold", 2019.0, None, None, PLANES.abstract),
)
EPUB = e_book(
    f"<h1>{TOMATO.title}</h1><p>Ada Frost</p><section><h2>Abstract</h2><div>"
    f"<p>{TOMATO.abstract}</p></div></section><h2>1 Tomatoes</h2><p>Tomatoes are red.</p>",
    f"<dc:title>{TOMATO.title}</dc:title><dc:creator>Ada Frost</dc:creator>"
    "<dc:creator>Møller, Jörg</dc:creator><dc:date>2021-03-09</dc:date>"
    "<dc:identifier>doi:10.5555/tomato.1</dc:identifier>",
)

PACKAGE_SPECIMENS: dict[str, bytes] = {"paper.docx": DOCX, "table.xlsx": XLSX, "paper.epub": EPUB}
