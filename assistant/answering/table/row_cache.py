"""Rows that were filled, kept in the library: a table that was cut goes on where it was."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answering.table.extract import Cell, Row
from assistant.errors import LibraryError
from assistant.jsonl_store import JsonlStore
from assistant.papers import Paper
from assistant.text.sentences import Span


class RowCache:
    """The rows of one table, a line of JSON each, by what its paper says."""

    def __init__(self, library: Path, columns: Sequence[str], made_by: str) -> None:
        """Read the rows that are there.

        Args:
            library: its folder.
            columns: of the table.
            made_by: what the rows depend on beside the papers: the model and the prompts.
        """
        key = json.dumps([list(columns), made_by])
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        self._store = JsonlStore(library / "tables" / f"{name}.jsonl")
        self._rows: dict[str, list[list[object]]] = dict(self._records())

    def row(self, paper: Paper) -> Row | None:
        """Return the row of a paper; None if it is yet to be filled."""
        cells = self._rows.get(paper.content_hash())
        if cells is None:
            return None
        return Row(paper, tuple(_cell(*one) for one in cells))

    def keep(self, row: Row) -> None:
        """Add a row.

        Raises:
            LibraryError: the disk does not take it.
        """
        cells = [[cell.text, *(cell.span or (None, None))] for cell in row.cells]
        try:
            self._store.append([{"paper": row.paper.content_hash(), "cells": cells}])
        except OSError as error:
            raise LibraryError(
                f"{self._store.path} cannot be written: {error.strerror}. Free some space and run "
                "the command again: the rows so far are kept."
            ) from error

    def _records(self) -> Iterator[tuple[str, list[list[object]]]]:
        if not self._store.path.exists():
            return
        for line in self._store.lines():
            try:
                record = json.loads(line)
            except ValueError:
                continue  # earlier versions left blank and incomplete lines in the middle
            yield str(record["paper"]), record["cells"]


def _cell(text: object, start: object, end: object) -> Cell:
    if isinstance(start, int) and isinstance(end, int):
        return Cell(str(text), Span(start, end))
    return Cell()
