"""The results of a part of the benchmark, as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate, Values

Progress = Callable[[int, int], None]
"""Called with the number of completed steps of a part, and their total."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        name: what was measured.
        measured: the value with its unit, and its interval if it has one.
        target: the target; empty if there is none.
    """

    name: str
    measured: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one part.

    Attributes:
        title: title of the section.
        about: how it was measured, in a sentence or two.
        rows: rows of the table.
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
    """Format the median of values with its interval and unit."""
    return f"{intervals.quantile(values, 0.5)} {unit}"


def ratio_of_medians(above: Sequence[float], below: Sequence[float]) -> Estimate:
    """Estimate the ratio of two medians over the same questions, resampled in pairs."""
    return intervals.paired_estimate(
        _columns(above, below), lambda a, b: np.median(a) / np.median(b)
    )


def ratio_of_sums(above: Sequence[float], below: Sequence[float]) -> Estimate:
    """Estimate the ratio of two sums over the same questions, resampled in pairs."""
    return intervals.paired_estimate(_columns(above, below), lambda a, b: np.sum(a) / np.sum(b))


def _columns(*columns: Sequence[float]) -> list[Values]:
    return [np.asarray(column, dtype=np.float64) for column in columns]
