"""Statistical power: how many questions it takes to detect a difference between two systems.

The estimate is that of a two-sided paired t-test, which agrees with the permutation test of
`compare` unless very few questions differ.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import InputError
from assistant.evaluation.comparison.compare import SIGNIFICANCE
from assistant.evaluation.metrics import ANSWER_SCORE, METRICS, SHARES, Metric
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run

POWER = 0.8
"""The probability of detecting a real difference: 0.8 by convention."""

Groups = Mapping[str, Sequence[float]]
"""Differences by group; all groups have the same weight in the mean."""


@dataclass(frozen=True, slots=True)
class Variation:
    """How much a metric differs between the answers of two systems to the same question.

    Attributes:
        metric: the metric.
        groups: the number of equally weighted groups of questions: for the answer score, the kinds.
        n: the number of questions with a value.
        variance: the variance of the differences within the groups.
        observed: the mean difference; None if there is one run only.
    """

    metric: Metric
    groups: int
    n: int
    variance: float
    observed: float | None


def variation_between(before: Run, after: Run, metric: str = ANSWER_SCORE.name) -> Variation:
    """Return how much a metric differs between two runs over the questions of both.

    Raises:
        InputError: there is no such metric, or fewer than two questions of a kind have a value.
    """
    answers = {question.id: (question, prediction) for question, prediction in after.results}
    found = _metric(metric)
    groups: dict[str, list[float]] = {}
    for question, prediction in before.results:
        other = answers.get(question.id)
        if other is None or other[0] != question:
            continue
        first, second = found.value(question, prediction), found.value(*other)
        if first is not None and second is not None:
            groups.setdefault(_group(found, question), []).append(second - first)
    variance, n = _variance_within(groups, metric)
    mean = float(np.mean([np.mean(group) for group in groups.values()]))
    return Variation(found, len(groups), n, variance, mean)


def variation_of(run: Run, metric: str = ANSWER_SCORE.name) -> Variation:
    """Return how much a metric would differ between a run and an unrelated one like it.

    Two versions of one system agree on most questions and differ less, so this is an upper bound.

    Raises:
        InputError: there is no such metric, or fewer than two questions of a kind have a value.
    """
    found = _metric(metric)
    groups: dict[str, list[float]] = {}
    for question, prediction in run.results:
        value = found.value(question, prediction)
        if value is not None:
            groups.setdefault(_group(found, question), []).append(value)
    variance, n = _variance_within(groups, metric)
    return Variation(found, len(groups), n, 2 * variance, None)


def questions_needed(variation: Variation, difference: float, power: float = POWER) -> int:
    """Return how many questions it takes to detect a difference with a probability of ``power``.

    Args:
        variation: from runs of the systems, or of similar ones.
        difference: the difference of the means of the metric, not 0.
        power: the probability that the difference is found to be significant.
    """
    from scipy import stats

    size = abs(difference)
    variance = _at_least(variation, size)
    smallest = variation.groups + 1  # so that there is a degree of freedom
    n = smallest
    # The quantiles of Student's t depend on n. Starting from those of the normal distribution,
    # which are smaller, n grows to its fixed point.
    quantiles = [1 - SIGNIFICANCE / 2, power]
    factor = float(np.sum(stats.norm.ppf(quantiles)))
    while (needed := max(smallest, math.ceil(variance * (factor / size) ** 2))) > n:
        n = needed
        factor = float(np.sum(stats.t.ppf(quantiles, n - variation.groups)))
    return n


def detectable_difference(variation: Variation, n: int, power: float = POWER) -> float:
    """Return the smallest difference that ``n`` questions detect with a probability of ``power``.

    Raises:
        InputError: there are fewer than two questions for a group.
    """
    from scipy import optimize

    if n <= variation.groups:
        raise InputError("There are too few questions: answer at least two of each kind.")

    def missing_questions(difference: float) -> float:
        return float(questions_needed(variation, difference, power) - n - 0.5)

    low, high = 1e-6, 1.0
    while missing_questions(high) > 0:
        high *= 2
    return (
        float(optimize.bisect(missing_questions, low, high, xtol=1e-5))
        if missing_questions(low) > 0
        else low
    )


def _at_least(variation: Variation, size: float) -> float:
    """Return the variance of the differences if their mean is ``size``.

    Of scores of 0 and 1, at least the share ``size`` must change, whatever the given runs show.
    Otherwise, runs that hardly differ would yield far too small sample sizes.
    """
    if variation.metric not in (ANSWER_SCORE, *SHARES):
        return variation.variance
    return max(variation.variance, size - size**2)


def _metric(name: str) -> Metric:
    metric = METRICS.get(name)
    if metric is None or not metric.paired:
        known = ", ".join(name for name, one in METRICS.items() if one.paired)
        raise InputError(f"There is no metric {name!r} to compare runs by. Metrics: {known}.")
    return metric


def _group(metric: Metric, question: Question) -> str:
    return question.kind if metric is ANSWER_SCORE else ""


def _variance_within(groups: Groups, metric: str) -> tuple[float, int]:
    """Return the mean variance within groups, weighted equally, and the total number of values.

    Raises:
        InputError: a group has fewer than two values.
    """
    if not groups or any(len(group) < 2 for group in groups.values()):
        raise InputError(
            f"Too few questions have a value of {metric}: it takes at least two, of each kind."
        )
    variances = [float(np.var(group, ddof=1)) for group in groups.values()]
    return float(np.mean(variances)), sum(map(len, groups.values()))
