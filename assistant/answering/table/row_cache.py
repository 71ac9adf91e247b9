"""Stores finished rows in the library, so that an interrupted table can be resumed."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answering.table.extract import Cell, Row, extract_rows
from assistant.errors import LibraryError
from assistant.jsonl_store import JsonlStore
from assistant.llm import Backend, prompts_fingerprint
from assistant.papers import Paper
from assistant.text.sentences import Span


class RowCache:
    """The finished rows of one table, keyed by the content hash of their papers."""

    def __init__(self, library: Path, columns: Sequence[str], made_by: str) -> None:
        """Load the stored rows.

        Args:
            library: the library folder.
            columns: the column names.
            made_by: identifies the model and the prompts that the rows were extracted with.
        """
        key = json.dumps([list(columns), made_by])
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        self._store = JsonlStore(library / "tables" / f"{name}.jsonl")
        self._rows: dict[str, list[list[object]]] = dict(self._records())

    def get(self, paper: Paper) -> Row | None:
        """Return the row of a paper; None if it is not stored."""
        cells = self._rows.get(paper.content_hash())
        if cells is None:
            return None
        return Row(paper, tuple(_cell(*one) for one in cells))

    def add(self, row: Row) -> None:
        """Store a row.

        Raises:
            LibraryError: the file cannot be written.
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


def cached_rows(
    engine: Backend,
    papers: Sequence[Paper],
    columns: Sequence[str],
    library: Path,
    model: str,
    prompts: str,
) -> Iterator[Row]:
    """Yield the row of each paper, from the cache or newly extracted; new rows are stored.

    Args:
        engine: runs the model.
        papers: in the order of the rows.
        columns: the column names.
        library: the library folder.
        model: the name and fingerprint of the model.
        prompts: a folder of templates that replace the shipped ones; empty for none.
    """
    cache = RowCache(library, columns, f"{model} {prompts_fingerprint(prompts)}")
    missing = [paper for paper in papers if cache.get(paper) is None]
    extracted = extract_rows(engine, missing, columns, prompts) if missing else iter(())
    for paper in papers:
        row = cache.get(paper)
        if row is None:
            row = next(extracted)
            cache.add(row)
        yield row


def _cell(text: object, start: object, end: object) -> Cell:
    if isinstance(start, int) and isinstance(end, int):
        return Cell(str(text), Span(start, end))
    return Cell()
