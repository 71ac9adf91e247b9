"""Writers of file formats. A writer is a module with the members of `Writer`, listed in WRITERS."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from assistant.papers.paper import Paper
from assistant.papers.writers import bibtex, csl_json, csv_table, jsonl, markdown, ris


class Writer(Protocol):
    """The interface of a writer module."""

    NAME: str

    def write(self, papers: Iterable[Paper]) -> Iterator[str]:
        """Yield the text of a file with the papers, in pieces."""


WRITERS: dict[str, Writer] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl_json,
    "csv": csv_table,
    "jsonl": jsonl,
    "md": markdown,
}
"""The writers by format."""

FORMAT_OF_SUFFIX = {
    ".bib": "bibtex",
    ".ris": "ris",
    ".json": "csl",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".md": "md",
}
"""The format for each file name suffix."""

__all__ = ["FORMAT_OF_SUFFIX", "WRITERS", "Writer"]
