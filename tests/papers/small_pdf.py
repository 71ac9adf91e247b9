"""Minimal PDFs for the tests: pages with lines of text in Helvetica."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line of text and its size in points."""

    text: str
    size: int = 10


def pdf_of(*pages: Sequence[Line], title: str = "", author: str = "", stamp: str = "") -> bytes:
    """Return a PDF with these pages, and a stamp that runs up the margin of each."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{_references(len(pages))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title " + _string(title) + b" /Author " + _string(author) + b" >>",
    ]
    for number, lines in enumerate(pages):
        content = _content(lines, stamp)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (6 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return _file(objects)


def _references(pages: int) -> str:
    return " ".join(f"{5 + 2 * number} 0 R" for number in range(pages))


def _content(lines: Sequence[Line], stamp: str) -> bytes:
    parts = [b"BT", b"/F1 20 Tf 0 1 -1 0 30 200 Tm " + _string(stamp) + b" Tj"]
    height = 740
    for line in lines:
        parts.append(
            b"/F1 %d Tf 1 0 0 1 72 %d Tm " % (line.size, height) + _string(line.text) + b" Tj"
        )
        height -= line.size + 4
    return b"\n".join([*parts, b"ET"])


def _string(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _file(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % start for start in starts)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % table)
