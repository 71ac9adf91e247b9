"""Readers of file formats. A reader is a module that implements `Reader`, listed in READERS."""

from collections.abc import Iterator
from typing import Protocol

from assistant.papers.files.document import Document
from assistant.papers.readers import (
    arxiv_atom,
    bibtex,
    citation_page,
    enw,
    exported_markdown,
    exported_note,
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
    wos,
    xlsx,
    yaml_document,
)
from assistant.papers.readers.packages import docx, epub
from assistant.papers.readers.xml_formats import (
    dblp,
    endnote_xml,
    jats,
    mods,
    oai_pmh,
    rss,
    zotero_rdf,
)
from assistant.papers.record import Record

__all__ = ["READERS", "Document", "Reader", "find_reader"]


class Reader(Protocol):
    """The interface of a reader module.

    Attributes:
        NAME: the format's name.
        EXTENSIONS: the usual file name extensions; the format is recognised by the content.
        RECOGNISED_BY: what distinguishes it from the formats after it, in Markdown.
        READS: the fields that are read, in Markdown.
    """

    NAME: str

    @property
    def EXTENSIONS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """The usual file name extensions."""

    RECOGNISED_BY: str
    READS: str

    def recognises(self, document: Document) -> bool:
        """Return whether a document has this format, judging from its beginning."""

    def read(self, document: Document) -> Iterator[Record]:
        """Yield the papers, and for each skipped record the reason.

        Raises:
            InputError: the rest of the document cannot be read. The papers before it are valid.
        """


# The first reader that recognises a document reads it. The least specific formats come last.
READERS: tuple[Reader, ...] = (
    pdf,
    docx,
    epub,
    xlsx,
    exported_table,
    exported_markdown,
    exported_note,
    citation_page,
    hf_html,
    endnote_xml,
    zotero_rdf,
    jats,
    mods,
    dblp,
    oai_pmh,
    rss,
    arxiv_atom,
    pubmed_xml,
    json_lines,
    json_document,
    bibtex,
    ris,
    nbib,
    enw,
    wos,
    table,
    yaml_document,
    notes,
    markdown,
    hf_page,
)


def find_reader(document: Document) -> Reader | None:
    """Return the first reader that recognises a document; None if there is none."""
    return next((reader for reader in READERS if reader.recognises(document)), None)
