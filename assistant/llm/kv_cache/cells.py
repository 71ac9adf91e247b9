"""The cells of a prompt: what should stand at each position of the key-value cache.

A cell is a token that was read in its place, or one recalled from the reading of a block. Two
prompts whose cells begin alike share them, so only what differs has to be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RecalledCell:
    """The cell of one token of a block that was read on its own."""

    reading: str
    """Key of the reading."""
    place: int
    """Place of the token in the block."""
    token: int


Cell: TypeAlias = int | RecalledCell


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring cells that are filled alike: read from tokens, or recalled from one reading."""

    reading: str | None
    start: int
    """Position of the first."""
    cells: tuple[Cell, ...]

    @property
    def end(self) -> int:
        """The position after the last."""
        return self.start + len(self.cells)


def token_of(cell: Cell) -> int:
    """Return the token that stands in a cell."""
    return cell.token if isinstance(cell, RecalledCell) else cell


def runs(cells: Sequence[Cell], start: int = 0) -> list[Run]:
    """Return the cells from a position on as runs, in order."""
    found: list[Run] = []
    for reading, group in groupby(cells[start:], key=_reading):
        found.append(Run(reading, found[-1].end if found else start, tuple(group)))
    return found


def _reading(cell: Cell) -> str | None:
    return cell.reading if isinstance(cell, RecalledCell) else None


def stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return rising places as stretches ``(start, end)`` of neighbours, end not included."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def shared_cells(a: Sequence[Cell], b: Sequence[Cell]) -> int:
    """Return how many cells the beginnings of two prompts share."""
    shorter = min(len(a), len(b))
    return next((i for i in range(shorter) if a[i] != b[i]), shorter)
