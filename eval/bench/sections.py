"""What a part of the benchmark found, as rows of a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate, Values

Progress = Callable[[int, int], None]
"""Told how many steps of a part are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure.

    Attributes:
        name: what it is.
        measured: with its unit, and its interval where it has one.
        target: what is aimed for; empty if nothing is.
    """

    name: str
    measured: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What one part found.

    Attributes:
        title: of the part.
        about: how it was measured, in a sentence or two.
        rows: the figures.
    """

    title: str
    about: str
    rows: tuple[Row, ...]

    def markdown(self) -> str:
        """Return the section as Markdown."""
        lines = [
            f"## {self.title}",
            "",
            self.about,
            "",
            "| figure | measured | target |",
            "| --- | --- | --- |",
            *(f"| {row.name} | {row.measured} | {row.target} |" for row in self.rows),
        ]
        return "\n".join(lines) + "\n"


def median(values: Sequence[float], unit: str = "s") -> str:
    """Return the median of some values with its interval."""
    return f"{intervals.quantile(values, 0.5)} {unit}"


def ratio_of_medians(above: Sequence[float], below: Sequence[float]) -> Estimate:
    """Return the ratio of two medians over the same questions, which are resampled in pairs."""
    return intervals.of_columns(_columns(above, below), lambda a, b: np.median(a) / np.median(b))


def ratio_of_sums(above: Sequence[float], below: Sequence[float]) -> Estimate:
    """Return the ratio of two sums over the same questions, which are resampled in pairs."""
    return intervals.of_columns(_columns(above, below), lambda a, b: np.sum(a) / np.sum(b))


def _columns(*columns: Sequence[float]) -> list[Values]:
    return [np.asarray(column, dtype=np.float64) for column in columns]
