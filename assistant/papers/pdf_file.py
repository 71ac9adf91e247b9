"""The PDF that a paper was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class PdfFile:
    """The PDF of a paper.

    Attributes:
        sha256: the SHA-256 of its content, in hexadecimal. In a library it is the file name.
        abstract_page: the number of the page on which the abstract begins, from 1.
        path: the path of the file, for a paper that was just read. It is valid until the next
            record is requested.
    """

    sha256: str
    abstract_page: int = 1
    path: Path | None = field(default=None, compare=False, repr=False)


def pdf_to_json(pdf: PdfFile) -> dict[str, Any]:
    """Return a PDF as a JSON object, without its path."""
    return {"sha256": pdf.sha256, "abstract_page": pdf.abstract_page}


def pdf_from_json(values: Mapping[str, Any] | None, path: Path | None = None) -> PdfFile | None:
    """Return the PDF from an object like that of `pdf_to_json`; None if there is none."""
    if values is None:
        return None
    return PdfFile(str(values["sha256"]), int(values["abstract_page"]), path)
