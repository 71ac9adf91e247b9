"""Thresholds: bounds on the metrics of a run over a fixed slice of a question set, for CI.

A thresholds file is TOML; `eval/README.md` describes it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.metrics.measure import measure
from assistant.evaluation.question_sets import load_questions
from assistant.evaluation.questions import select
from assistant.evaluation.run import Run
from assistant.evaluation.toml_table import read_toml

_FIELDS = ("questions", "limit", "at_least", "at_most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Bounds on metrics, and the questions that they apply to.

    Attributes:
        questions: name or path of the question set.
        limit: number of its questions, taken from the kinds in turn; None for all.
        at_least: lower bounds, by the name of the metric in `Metrics.named`.
        at_most: upper bounds, likewise.
    """

    questions: str
    limit: int | None
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        """The metrics with a bound."""
        return tuple(dict.fromkeys((*self.at_least, *self.at_most)))


@dataclass(frozen=True, slots=True)
class Violation:
    """A metric outside its bound.

    Attributes:
        name: name of the metric.
        value: its value; None if no answer has one.
        bound: the bound, such as ``at least 0.5``.
        n: number of questions that the value is computed from.
    """

    name: str
    value: float | None
    bound: str
    n: int

    def __str__(self) -> str:
        return f"{self.name} is {readable(self.value)}, not {self.bound} (n = {self.n})"


def load_thresholds(path: Path) -> Thresholds:
    """Load a thresholds file.

    Raises:
        InputError: it cannot be read, has no bounds, or is not valid.
    """
    table = read_toml(path, "thresholds", _FIELDS)
    thresholds = Thresholds(
        questions=table.text("questions", "sample"),
        limit=table.count("limit"),
        at_least=table.numbers("at_least"),
        at_most=table.numbers("at_most"),
    )
    if not thresholds.names:
        raise InputError(f"{table.where} has no bounds. Add metrics to [at_least] or [at_most].")
    return thresholds


def violations(run: Run, thresholds: Thresholds) -> list[Violation]:
    """Return the metrics outside their bounds, over the questions that the bounds apply to.

    Raises:
        InputError: the run lacks answers to some of these questions, or a metric is unknown.
    """
    questions = select(load_questions(thresholds.questions), limit=thresholds.limit)
    answers = dict(run.results)
    if any(question not in answers for question in questions):
        limit = f" --limit {thresholds.limit}" if thresholds.limit else ""
        raise InputError(
            "The run lacks answers that the thresholds apply to. Generate them with "
            f"`assistant eval run --questions {thresholds.questions}{limit}`."
        )
    metrics = measure([(question, answers[question]) for question in questions]).named
    if unknown := [name for name in thresholds.names if name not in metrics]:
        raise InputError(f"There is no metric {unknown[0]!r}. Metrics: {', '.join(metrics)}.")
    too_low = [
        Violation(name, metrics[name].value, f"at least {bound:g}", metrics[name].n)
        for name, bound in thresholds.at_least.items()
        if not _is_within(metrics[name].value, low=bound)
    ]
    too_high = [
        Violation(name, metrics[name].value, f"at most {bound:g}", metrics[name].n)
        for name, bound in thresholds.at_most.items()
        if not _is_within(metrics[name].value, high=bound)
    ]
    return too_low + too_high


def _is_within(value: float | None, *, low: float = -math.inf, high: float = math.inf) -> bool:
    return value is not None and low <= value <= high
