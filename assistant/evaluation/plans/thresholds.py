"""Floors: what a run over a fixed slice of a question set must reach, for CI.

They stand in a TOML file; `eval/README.md` describes it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.metrics.measure import measure
from assistant.evaluation.questions import load_questions, select
from assistant.evaluation.run import Run
from assistant.evaluation.toml_table import read_toml

_FIELDS = ("questions", "limit", "at_least", "at_most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The bounds of some figures, and the questions that they hold for.

    Attributes:
        questions: name or path of the question set.
        limit: how many of its questions, the kinds in turn; None for all.
        at_least: the lowest value of a figure, by its name in `Metrics.named`.
        at_most: the highest, for those of which less is better.
    """

    questions: str
    limit: int | None
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that are bounded."""
        return tuple(dict.fromkeys((*self.at_least, *self.at_most)))


@dataclass(frozen=True, slots=True)
class Miss:
    """A figure that does not keep its bound.

    Attributes:
        name: of the figure.
        value: what it is; None if no answer determines it.
        bound: what it is held against, as ``at least 0.5``.
        n: how many questions it is taken from.
    """

    name: str
    value: float | None
    bound: str
    n: int

    def __str__(self) -> str:
        return f"{self.name} is {readable(self.value)}, not {self.bound} (n = {self.n})"


def load_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        InputError: it cannot be read, bounds nothing, or says something that no such file has.
    """
    table = read_toml(path, "floors", _FIELDS)
    floors = Floors(
        questions=table.text("questions", "sample"),
        limit=table.count("limit"),
        at_least=table.numbers("at_least"),
        at_most=table.numbers("at_most"),
    )
    if not floors.names:
        raise InputError(f"{table.where} bounds nothing. Put figures in [at_least] or [at_most].")
    return floors


def misses(run: Run, floors: Floors) -> list[Miss]:
    """Return the figures that do not keep their bounds, over the questions that these hold for.

    Raises:
        InputError: the run did not answer all these questions, or no figure has such a name.
    """
    wanted = select(load_questions(floors.questions), limit=floors.limit)
    answers = dict(run.results)
    if any(question not in answers for question in wanted):
        limit = f" --limit {floors.limit}" if floors.limit else ""
        raise InputError(
            "The run lacks answers that the floors are for. Make them with "
            f"`assistant eval run --questions {floors.questions}{limit}`."
        )
    figures = measure([(question, answers[question]) for question in wanted]).named
    if unknown := [name for name in floors.names if name not in figures]:
        raise InputError(f"No figure is called {unknown[0]!r}. Figures: {', '.join(figures)}.")
    low = [
        Miss(name, figures[name].value, f"at least {bound:g}", figures[name].n)
        for name, bound in floors.at_least.items()
        if not _keeps(figures[name].value, low=bound)
    ]
    high = [
        Miss(name, figures[name].value, f"at most {bound:g}", figures[name].n)
        for name, bound in floors.at_most.items()
        if not _keeps(figures[name].value, high=bound)
    ]
    return low + high


def _keeps(value: float | None, *, low: float = -math.inf, high: float = math.inf) -> bool:
    return value is not None and low <= value <= high
