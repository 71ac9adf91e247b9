"""From a file to papers. A reader is one module with `recognises` and `read`, listed in READERS."""

from collections.abc import Iterator
from typing import Protocol

from assistant.papers.document import Document
from assistant.papers.readers import (
    arxiv_atom,
    bibtex,
    citation_page,
    hf_html,
    hf_page,
    json_document,
    json_lines,
    markdown,
    nbib,
    notes,
    pdf,
    pubmed_xml,
    ris,
    table,
)
from assistant.papers.record import Record

__all__ = ["READERS", "Document", "Reader", "find_reader"]


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def recognises(self, document: Document) -> bool:
        """Tell by its first bytes or characters whether a document is of this reader's format."""

    def read(self, document: Document) -> Iterator[Record]:
        """Return the papers one by one, and for each record without one the reason.

        Raises:
            InputError: the rest of the document cannot be read; the papers before it are good.
        """


# The first that recognises a document reads it; the plainest formats come last.
READERS: tuple[Reader, ...] = (
    pdf,
    citation_page,
    hf_html,
    arxiv_atom,
    pubmed_xml,
    json_lines,
    json_document,
    bibtex,
    ris,
    nbib,
    table,
    notes,
    markdown,
    hf_page,
)


def find_reader(document: Document) -> Reader | None:
    """Return the reader that recognises a document; None if none does."""
    return next((reader for reader in READERS if reader.recognises(document)), None)
