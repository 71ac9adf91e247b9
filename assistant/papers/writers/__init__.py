"""Writers of file formats.

A writer is a module that implements `Writer`, listed in WRITERS. A writer of folders implements
`FolderWriter` and is listed in FOLDER_WRITERS.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from assistant.papers.annotation import NOTHING_ANNOTATED, Annotated
from assistant.papers.paper import Paper
from assistant.papers.writers import (
    biblatex,
    bibtex,
    csl_json,
    csv_table,
    endnote_xml,
    jsonl,
    markdown,
    obsidian,
    ris,
)


class Writer(Protocol):
    """The interface of a writer module.

    Attributes:
        NAME: the format's name, for display.
        SUFFIX: the suffix of its file names.
    """

    NAME: str
    SUFFIX: str

    def write(
        self, papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED
    ) -> Iterator[str]:
        """Yield, in pieces, the text of a file with the papers and their annotations."""


WRITERS: dict[str, Writer] = {
    "bibtex": bibtex,
    "biblatex": biblatex,
    "ris": ris,
    "csl": csl_json,
    "endnote": endnote_xml,
    "csv": csv_table,
    "jsonl": jsonl,
    "md": markdown,
}
"""The writers of files by format."""


class FolderWriter(Protocol):
    """The interface of a module that writes a file per paper."""

    NAME: str

    def write(
        self, papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED
    ) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each file."""


FOLDER_WRITERS: dict[str, FolderWriter] = {"obsidian": obsidian}
"""The writers of folders by format."""

FORMAT_OF_SUFFIX: dict[str, str] = {}
"""The format for each file name suffix; if formats share one, the first in `WRITERS`."""
for _name, _writer in WRITERS.items():
    FORMAT_OF_SUFFIX.setdefault(_writer.SUFFIX, _name)

__all__ = ["FOLDER_WRITERS", "FORMAT_OF_SUFFIX", "WRITERS", "FolderWriter", "Writer"]
