"""Positions of the cluster labels on the map, away from points and from each other."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FONT_SIZE = 19
# Of the bold letters, on average.
_CHARACTER_WIDTH = 0.67 * FONT_SIZE
_DESCENDERS = 0.25 * FONT_SIZE
# Points are counted in square cells of this size.
_CELL = 12
# The search for a position: steps in each direction around the middle of the cluster.
_STEP_X, _STEP_Y, _STEPS = 30, 16, 9
# The distance, in pixels, that costs as much as covering one point: a label has the colour of its
# cluster and may be far from its middle.
_PIXELS_PER_POINT = 300
_OVERLAP_COST = 100.0


@dataclass(frozen=True, slots=True)
class Label:
    """A label on the map.

    Attributes:
        text: the text.
        x: its horizontal centre.
        y: its baseline.
        margin: the space to keep free around it.
    """

    text: str
    x: float
    y: float
    margin: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, with the margin."""
        half = len(self.text) * _CHARACTER_WIDTH / 2 + self.margin
        return (
            self.x - half,
            self.y - FONT_SIZE - self.margin,
            self.x + half,
            self.y + _DESCENDERS + self.margin,
        )


def place_labels(
    names: Sequence[str],
    clusters: Sequence[Sequence[tuple[float, float]]],
    width: float,
    height: float,
    radius: float,
) -> list[Label]:
    """Return a label for each cluster, near its middle.

    Args:
        names: the texts of the labels.
        clusters: the points of each cluster.
        width: the width of the map.
        height: the height of the map.
        radius: the radius of the points.
    """
    cells = Counter(_cell(x, y) for points in clusters for x, y in points)
    placed: list[Label] = []
    for name, points in zip(names, clusters, strict=True):
        middle = _middle(points)

        def cost(label: Label, middle: tuple[float, float] = middle) -> float:
            distance = math.dist((label.x, label.y), middle)
            overlaps = sum(_overlap(label.box, other.box) for other in placed)
            return _covered(label, cells) + _OVERLAP_COST * overlaps + distance / _PIXELS_PER_POINT

        placed.append(min(_candidates(name, middle, width, height, radius), key=cost))
    return placed


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of the coordinates."""
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    return xs[len(xs) // 2], ys[len(ys) // 2]


def _candidates(
    name: str, middle: tuple[float, float], width: float, height: float, margin: float
) -> Iterator[Label]:
    half = len(name) * _CHARACTER_WIDTH / 2 + margin
    for column in range(-_STEPS, _STEPS + 1):
        for row in range(-_STEPS, _STEPS + 1):
            x = middle[0] + column * _STEP_X
            y = middle[1] + row * _STEP_Y
            yield Label(
                name,
                round(min(max(x, half), width - half), 1),
                round(min(max(y, FONT_SIZE + margin), height - _DESCENDERS - margin), 1),
                margin,
            )


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(x // _CELL), int(y // _CELL)


def _covered(label: Label, cells: Counter[tuple[int, int]]) -> int:
    """Return the number of points in the cells that a label touches."""
    left, top, right, bottom = label.box
    (first_column, first_row), (last_column, last_row) = _cell(left, top), _cell(right, bottom)
    return sum(
        cells[column, row]
        for column in range(first_column, last_column + 1)
        for row in range(first_row, last_row + 1)
    )


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
