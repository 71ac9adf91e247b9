"""Two runs over the same questions: what differs, by how much, and whether it is chance."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.errors import InputError
from assistant.evaluation.metrics import ANSWER_SCORE, METRICS, Metric, intervals
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.intervals import Estimate, Values
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import KINDS, Question
from assistant.evaluation.run import Run

SIGNIFICANCE = 0.05
_PERMUTATIONS = 9999
_SEED = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """How one metric differs between two runs, over the questions where both have a value.

    Attributes:
        metric: its name.
        title: as people read it.
        before: mean in the first run.
        after: mean in the second.
        change: ``after - before`` with its interval; questions are resampled as pairs.
        p: chance of a change at least as large, either way, if the runs did not differ.
        worse: whether the change is significant and for the worse.
        better: whether it is significant and for the better.
    """

    metric: str
    title: str
    before: float
    after: float
    change: Estimate
    p: float
    worse: bool
    better: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that one run answered better than the other."""

    question: Question
    before: Prediction
    after: Prediction
    score_before: float
    score_after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        made_otherwise: what the two runs' answers depend on and that is not the same.
        by_kind: the answer score of each kind.
        metrics: every metric by name; the answer score is the mean over kinds.
        changed: the questions whose answer score changed, the largest loss first.
        n: how many questions both runs answered.
    """

    made_otherwise: tuple[str, ...]
    by_kind: tuple[Difference, ...]
    metrics: Mapping[str, Difference]
    changed: tuple[Changed, ...]
    n: int

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON data."""
        return {
            "n": self.n,
            "made_otherwise": list(self.made_otherwise),
            "metrics": {name: asdict(one) for name, one in self.metrics.items()},
            "answer_score_by_kind": {one.title: asdict(one) for one in self.by_kind},
            "changed": [
                {
                    "id": one.question.id,
                    "kind": one.question.kind,
                    "question": one.question.text,
                    "score_before": one.score_before,
                    "score_after": one.score_after,
                    "answer_before": one.before.answer,
                    "answer_after": one.after.answer,
                }
                for one in self.changed
            ],
        }


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs over the questions that both answered.

    Raises:
        InputError: they have no question in common.
    """
    later = {question.id: (question, prediction) for question, prediction in after.results}
    pairs = [
        _Pair(question, first, later[question.id][1])
        for question, first in before.results
        if question.id in later and later[question.id][0] == question
    ]
    if not pairs:
        raise InputError("The two runs have no question in common. Compare runs of one set.")
    differences = {
        name: _difference(metric, pairs) for name, metric in METRICS.items() if metric.paired
    }
    kinds = [kind for kind in KINDS if any(pair.question.kind == kind for pair in pairs)]
    by_kind = [
        _difference(ANSWER_SCORE, [pair for pair in pairs if pair.question.kind == kind], kind)
        for kind in kinds
    ]
    return Comparison(
        made_otherwise=tuple(before.manifest.differences(after.manifest)),
        by_kind=tuple(one for one in by_kind if one is not None),
        metrics={name: one for name, one in differences.items() if one is not None},
        changed=tuple(_changed(pairs)),
        n=len(pairs),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    question: Question
    before: Prediction
    after: Prediction


def _difference(metric: Metric, pairs: Sequence[_Pair], title: str = "") -> Difference | None:
    """Compare a metric; the answer score weighs each kind alike, any other each question."""
    groups: dict[str, list[tuple[float, float]]] = {}
    for pair in pairs:
        before = metric.value(pair.question, pair.before)
        after = metric.value(pair.question, pair.after)
        if before is not None and after is not None:
            group = pair.question.kind if metric is ANSWER_SCORE else ""
            groups.setdefault(group, []).append((before, after))
    if not groups:
        return None
    values = np.concatenate([np.asarray(group) for group in groups.values()])
    weights = np.concatenate(
        [np.full(len(group), 1 / (len(group) * len(groups))) for group in groups.values()]
    )
    changes = {name: [after - before for before, after in ones] for name, ones in groups.items()}
    change = intervals.mean_change(changes)
    p = _permutation_p(values[:, 0], values[:, 1], weights)
    gain = (change.value or 0.0) * (1 if metric.higher_is_better else -1)
    return Difference(
        metric=metric.name,
        title=title or metric.title,
        before=float(values[:, 0] @ weights),
        after=float(values[:, 1] @ weights),
        change=change,
        p=p,
        worse=p < SIGNIFICANCE and gain < 0,
        better=p < SIGNIFICANCE and gain > 0,
    )


def _permutation_p(before: Values, after: Values, weights: Values) -> float:
    """Return the p-value of the paired permutation test: is it chance which run had which value.

    Exact where the questions that changed are few enough to try all ways.
    """
    from scipy import stats

    moved = before != after
    # One question that moved would have moved as far the other way: two-sided, that is no evidence.
    if np.count_nonzero(moved) < 2:
        return 1.0
    weight = weights[moved]

    def weighted_change(first: Values, second: Values, axis: int = -1) -> Any:
        return np.sum((second - first) * weight, axis=axis)

    result = stats.permutation_test(
        (before[moved], after[moved]),
        weighted_change,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_PERMUTATIONS,
        rng=np.random.default_rng(_SEED),
    )
    return float(result.pvalue)


def _changed(pairs: Sequence[_Pair]) -> list[Changed]:
    found = [
        Changed(
            pair.question,
            pair.before,
            pair.after,
            answer_score(pair.question, pair.before),
            answer_score(pair.question, pair.after),
        )
        for pair in pairs
    ]
    moved = [one for one in found if one.score_before != one.score_after]
    return sorted(moved, key=lambda one: one.score_after - one.score_before)
