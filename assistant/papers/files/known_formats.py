"""Formats that are recognised but not read, and how to convert them.

Python's `mimetypes` cannot be used, since it looks only at file names.
"""

import re

from assistant.papers.files.document import Document

NOT_READ = "in which no papers are read"
"""Part of each description."""

_EXPORT = "export the papers as BibTeX or RIS"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"II*\0", "a TIFF image", ""),
    (b"MM\0*", "a TIFF image", ""),
    (b"%!PS", "a PostScript file", "convert it to PDF with ps2pdf"),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF with ddjvu -format=pdf"),
    (b"{\\rtf", "an RTF document", "save it as .docx or text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as .docx or .xlsx"),
    (b"SQLite format 3\0", "an SQLite database", _EXPORT + " from the program it belongs to"),
    (b"PAR1", "a Parquet file", "save it as CSV or JSON Lines"),
    (b"ARROW1", "an Arrow file", "save it as CSV or JSON Lines"),
    (b"\x93NUMPY", "an array of numpy", ""),
    (b"\x89HDF", "an HDF5 file", ""),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"(\xb5/\xfd", "a file compressed with Zstandard", "unpack it first"),
    (b"\x7fELF", "a program", ""),
)
_MARC_LEADER = re.compile(rb"[0-9]{5}[ acdnp][ a-z][ a-z].{2}22[0-9]{5}")
_TEXTS: tuple[tuple[str, str, str], ...] = (
    (r"From \S+ .*[0-9]{4}\n|(?:Received|Return-Path|MIME-Version): ", "e-mail", ""),
    (
        r"[^\n]*\\(?:documentclass|documentstyle)\b",
        "a LaTeX document",
        "add its PDF, or its .bib file for the papers that it cites",
    ),
    (r"<(?:\w+:)?RDF\b", "RDF", _EXPORT),
    (r"<svg\b", "an SVG image", ""),
    (r"<(?:\w+:)?TEI\b", "TEI", "convert it to text"),
    (r"#!|\s*(?:import \w|from \w+ import |#include\b|package \w+;)", "a program", ""),
    (r"BEGIN:VC(?:ARD|ALENDAR)", "contacts or a calendar", ""),
    (r"diff --git |--- a/", "a patch", ""),
    (
        r"Refworks Export Tagged Format\b"
        r"|(?:RT|SR|ID|VN|DB)  ?\S[^\n]*\n(?:[A-Z][A-Z0-9] [^\n]*\n)*?T1 ",
        "RefWorks Tagged Format",
        "export it as RIS or BibTeX",
    ),
    (
        r"<[0-9]+\. ?>\s*\n|<[0-9]+>\s*\n[A-Z][A-Za-z -]+\n\s+\S",
        "an export of Ovid",
        "export it as RIS",
    ),
    (r"Record\b.*\bINSPEC\b", "an export of Inspec", "export it as RIS"),
    (r"TI- [^\n]*\n(?:[A-Z]{2}- [^\n]*\n)*", "an export of Copac", _EXPORT),
    (
        r"1[.:] (?s:.{20,5000}?)\bPMID: [0-9]{1,8}\b",
        "a text of PubMed",
        "save the papers there in the format “PubMed”",
    ),
    (r"--[A-Z]{2}-- ", "an export of Biblioscape", _EXPORT),
    (r"<(?:\w+:)?Sources\b", "a bibliography of Word", "export it as BibTeX with JabRef"),
    (
        r"<(?:\w+:)?(?:collection|record|searchRetrieveResponse)\b"
        r"(?:[^>]*\bMARC21\b|(?s:.*?)<(?:\w+:)?leader>)",
        "MARC XML",
        _EXPORT,
    ),
    (
        r"<(?:crossref_result|doi_records|doi_batch|body>\s*<crossref)\b",
        "Crossref's XML",
        "add the paper by its DOI, as doi:10.1000/182",
    ),
    (r"<(?:\w+:)?(?i:mets)\b", "METS", "export it as MODS, BibTeX or RIS"),
    (
        r"<(?:\w+:)?record\b[^>]*\bprimo_nm_bib\b",
        "an export of Primo",
        "export it as RIS or BibTeX",
    ),
    (r"<(?:\w+:)?context-objects?\b", "OpenURL", "add the paper by its DOI"),
    (r"<(?P<root>[A-Za-z][\w:.-]*)[\s/>]|<\?xml", "XML of an unknown kind", _EXPORT),
    (r"---\n", "a YAML document without a title", ""),
)
"""Patterns for the beginning of a text, the name of the format, and how to convert it.

The group `root` is the name of an XML element, which is added to the name of the format.
"""

_PATTERNS = tuple((re.compile(pattern), kind, advice) for pattern, kind, advice in _TEXTS)
_PROLOG = re.compile(
    r"(?:\s|<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>|%[^\n]*\n)*", re.DOTALL
)


def described(document: Document) -> str | None:
    """Return what a document is and how to convert it; None if its format is unknown.

    The text continues the name of the document: "is a PNG image, in which no papers are read".
    """
    found = _known(document)
    if found is None:
        return None
    kind, advice = found
    return f"is {kind}, {NOT_READ}{f'; {advice}' if advice else ''}"


def _known(document: Document) -> tuple[str, str] | None:
    data = document.first_bytes
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            return kind, advice
    if _MARC_LEADER.match(data):
        return "a MARC record", _EXPORT
    start = document.start[_PROLOG.match(document.start).end() :]  # type: ignore[union-attr]
    for pattern, kind, advice in _PATTERNS:
        if found := pattern.match(start):
            root = found.groupdict().get("root")
            return f"{kind} (root element {root})" if root else kind, advice
    return None
