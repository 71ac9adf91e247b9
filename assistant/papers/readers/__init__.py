"""Readers of file formats. A reader is a module with the members of `Reader`, listed in READERS."""

from collections.abc import Iterator
from typing import Protocol

from assistant.papers.files.document import Document
from assistant.papers.readers import (
    arxiv_atom,
    bibtex,
    citation_page,
    exported_markdown,
    exported_table,
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
    """The interface of a reader module."""

    NAME: str

    def recognises(self, document: Document) -> bool:
        """Return whether a document has this format, judging by its beginning."""

    def read(self, document: Document) -> Iterator[Record]:
        """Yield the papers, and for each other record the reason why it has none.

        Raises:
            InputError: the rest of the document cannot be read. The papers before it are valid.
        """


# The first reader that recognises a document reads it. The least specific formats come last.
READERS: tuple[Reader, ...] = (
    pdf,
    exported_table,
    exported_markdown,
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
    """Return the first reader that recognises a document, None if there is none."""
    return next((reader for reader in READERS if reader.recognises(document)), None)
