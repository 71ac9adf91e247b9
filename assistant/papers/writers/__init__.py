"""From papers to a file. A writer is one module with `NAME` and `write`, listed in WRITERS."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from assistant.papers.paper import Paper
from assistant.papers.writers import bibtex, csv_table, jsonl, markdown, ris


class Writer(Protocol):
    """What a writer module offers."""

    NAME: str

    def write(self, papers: Iterable[Paper]) -> Iterator[str]:
        """Yield the text of a file with the papers, piece by piece."""


WRITERS: dict[str, Writer] = {
    "bibtex": bibtex,
    "ris": ris,
    "csv": csv_table,
    "jsonl": jsonl,
    "md": markdown,
}
"""Every writer, by the name of its format."""

FORMAT_OF_SUFFIX = {
    ".bib": "bibtex",
    ".ris": "ris",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".md": "md",
}
"""Which format a file's name asks for."""

__all__ = ["FORMAT_OF_SUFFIX", "WRITERS", "Writer"]
