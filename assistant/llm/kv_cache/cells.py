"""The cells of a prompt: what each position of the KV cache should hold.

A cell is either a token to decode in place, or a token of a block whose cell is restored from the
reading cache. Prompts share the cells of their common prefix; only the rest has to be decoded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RestoredCell:
    """A cell that is restored from an entry of the reading cache.

    Attributes:
        key: the entry's key.
        index: the cell's index in the entry.
        token: its token.
    """

    key: str
    index: int
    token: int


Cell: TypeAlias = int | RestoredCell
"""A token to decode, or a cell to restore."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Adjacent cells from one origin: tokens to decode, or cells of an entry of the reading cache.

    Attributes:
        key: the entry's key; None for tokens to decode.
        start: position of the first cell.
        cells: the cells.
    """

    key: str | None
    start: int
    cells: tuple[Cell, ...]

    @property
    def end(self) -> int:
        """The position after the last cell."""
        return self.start + len(self.cells)


def token_of(cell: Cell) -> int:
    """Return the token of a cell."""
    return cell.token if isinstance(cell, RestoredCell) else cell


def segments(cells: Sequence[Cell], start: int = 0) -> list[Segment]:
    """Split the cells from a start position on into segments, in order."""
    found: list[Segment] = []
    for key, group in groupby(cells[start:], key=_key):
        found.append(Segment(key, found[-1].end if found else start, tuple(group)))
    return found


def _key(cell: Cell) -> str | None:
    return cell.key if isinstance(cell, RestoredCell) else None


def contiguous_ranges(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending indices as ranges ``(start, end)``, end exclusive."""
    found: list[tuple[int, int]] = []
    for index in indices:
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def common_prefix_length(a: Sequence[Cell], b: Sequence[Cell]) -> int:
    """Return the length of the common prefix of two prompts, in cells."""
    shorter = min(len(a), len(b))
    return next((i for i in range(shorter) if a[i] != b[i]), shorter)
