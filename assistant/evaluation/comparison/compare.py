"""Compare two runs over the same questions: paired differences and their significance."""

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
    """The difference of one metric between two runs, over the questions where both have a value.

    Attributes:
        metric: name of the metric.
        title: its title for display.
        before: mean in the first run.
        after: mean in the second run.
        change: ``after - before`` with its interval, from a bootstrap over pairs.
        p: two-sided p-value of a paired permutation test.
        worse: whether the second run is significantly worse.
        better: whether the second run is significantly better.
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
class ChangedQuestion:
    """A question with different answer scores in the two runs."""

    question: Question
    before: Prediction
    after: Prediction
    score_before: float
    score_after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        manifest_differences: the differences of the manifests that may change answers.
        by_kind: the answer score of each kind.
        metrics: every metric by name. The answer score is the mean over kinds.
        changed: the questions whose answer score changed, largest loss first.
        n: number of questions that both runs answered.
    """

    manifest_differences: tuple[str, ...]
    by_kind: tuple[Difference, ...]
    metrics: Mapping[str, Difference]
    changed: tuple[ChangedQuestion, ...]
    n: int

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON data."""
        return {
            "n": self.n,
            "made_otherwise": list(self.manifest_differences),
            "metrics": {name: asdict(difference) for name, difference in self.metrics.items()},
            "answer_score_by_kind": {
                difference.title: asdict(difference) for difference in self.by_kind
            },
            "changed": [
                {
                    "id": changed.question.id,
                    "kind": changed.question.kind,
                    "question": changed.question.text,
                    "score_before": changed.score_before,
                    "score_after": changed.score_after,
                    "answer_before": changed.before.answer,
                    "answer_after": changed.after.answer,
                }
                for changed in self.changed
            ],
        }


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs over the questions that both answered.

    Raises:
        InputError: they have no question in common.
    """
    after_by_id = {question.id: (question, prediction) for question, prediction in after.results}
    pairs = [
        _Pair(question, prediction, after_by_id[question.id][1])
        for question, prediction in before.results
        if question.id in after_by_id and after_by_id[question.id][0] == question
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
        manifest_differences=tuple(before.manifest.differences(after.manifest)),
        by_kind=tuple(difference for difference in by_kind if difference is not None),
        metrics={name: found for name, found in differences.items() if found is not None},
        changed=tuple(_changed_questions(pairs)),
        n=len(pairs),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    question: Question
    before: Prediction
    after: Prediction


def _difference(metric: Metric, pairs: Sequence[_Pair], title: str = "") -> Difference | None:
    """Compare a metric; return None if no question has a value in both runs.

    Every question has the same weight. For the answer score, every kind has the same weight.
    """
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
    changes = {name: [after - before for before, after in group] for name, group in groups.items()}
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
    """Return the two-sided p-value of a paired permutation test.

    The test is exact if few enough questions changed to try all permutations.
    """
    from scipy import stats

    changed = before != after
    # With one changed question, both permutations are equally extreme: two-sided, p is 1.
    if np.count_nonzero(changed) < 2:
        return 1.0
    weight = weights[changed]

    def weighted_change(first: Values, second: Values, axis: int = -1) -> Any:
        return np.sum((second - first) * weight, axis=axis)

    result = stats.permutation_test(
        (before[changed], after[changed]),
        weighted_change,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_PERMUTATIONS,
        rng=np.random.default_rng(_SEED),
    )
    return float(result.pvalue)


def _changed_questions(pairs: Sequence[_Pair]) -> list[ChangedQuestion]:
    scored = [
        ChangedQuestion(
            pair.question,
            pair.before,
            pair.after,
            answer_score(pair.question, pair.before),
            answer_score(pair.question, pair.after),
        )
        for pair in pairs
    ]
    changed = [one for one in scored if one.score_before != one.score_after]
    return sorted(changed, key=lambda one: one.score_after - one.score_before)
