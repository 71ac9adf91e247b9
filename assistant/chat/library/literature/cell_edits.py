"""Cells of literature tables that a reader has edited, in one JSON file of the library."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answering.table import Row
from assistant.answering.table.extract import Cell
from assistant.json_store import edit_json, read_json

FILE_NAME = "edited-cells.json"


def edited_cells(folder: Path) -> dict[str, dict[str, str]]:
    """Return the edited texts of a library: by paper id, then by column name.

    Raises:
        LibraryError: their file is damaged.
    """
    return read_json(folder / FILE_NAME)


def edit_cell(folder: Path, paper: str, column: str, text: str) -> None:
    """Save the text of a cell in place of the extracted one.

    Raises:
        LibraryError: the file is damaged, or not writable.
    """
    with edit_json(folder / FILE_NAME) as edits:
        edits.setdefault(paper, {})[column] = " ".join(text.split())


def with_edits(row: Row, columns: Sequence[str], edits: Mapping[str, Mapping[str, str]]) -> Row:
    """Return a row with its edited cells. They keep the quote of the extracted text."""
    own = edits.get(row.paper.id, {})
    cells = zip(columns, row.cells, strict=True)
    return Row(
        row.paper,
        tuple(Cell(own[name], cell.span) if name in own else cell for name, cell in cells),
    )
