"""The cells of a prompt: what should stand at each position of the key-value cache.

A cell is a token that was read in its place, or one recalled from the reading of a block. Two
prompts whose cells begin alike share them, so only what differs has to be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Recalled:
    """The cell of one token of a block that was read on its own."""

    reading: str
    """Key of the reading."""
    token: int
    """Place of the token in the block."""


Cell: TypeAlias = int | Recalled


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring cells that are filled alike: read from tokens, or recalled from one reading."""

    reading: str | None
    cells: tuple[Cell, ...]


def runs(cells: Sequence[Cell]) -> list[Run]:
    """Return the cells as runs, in order."""
    grouped = groupby(cells, key=lambda cell: cell.reading if isinstance(cell, Recalled) else None)
    return [Run(reading, tuple(group)) for reading, group in grouped]


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
    """Return how many cells the beginnings of two prompts share.

    A block that is shared only in part counts as not shared: it is recalled as a whole.
    """
    count = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    while 0 < count < len(b) and _same_reading(b[count - 1], b[count]):
        count -= 1
    return count


def _same_reading(a: Cell, b: Cell) -> bool:
    return isinstance(a, Recalled) and isinstance(b, Recalled) and a.reading == b.reading
