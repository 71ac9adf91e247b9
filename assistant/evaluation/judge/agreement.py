"""Agreement between a judge and the deterministic answer score."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """A judge's mean grades, and how well they agree with the answer score.

    Attributes:
        faithfulness: mean over the graded answers, 0 to 1.
        completeness: mean over the graded answers, 0 to 1.
        same_side: share of the answers whose completeness and answer score are both at least 0.5
            or both below.
        kappa: Cohen's kappa of that: 0 is chance, 1 is perfect; None if undefined.
        correlation: Spearman's correlation of completeness and answer score; None if undefined.
        unclear: number of replies without one of the grades.
    """

    faithfulness: Estimate
    completeness: Estimate
    same_side: Estimate
    kappa: float | None
    correlation: float | None
    unclear: int

    def __str__(self) -> str:
        return (
            f"faithfulness {self.faithfulness}, completeness {self.completeness} "
            f"(n = {self.completeness.n}, {self.unclear} unclear replies); on the same side as the "
            f"answer score {self.same_side}, Cohen's kappa {intervals.readable(self.kappa)}, "
            f"Spearman's correlation {intervals.readable(self.correlation)}"
        )


def agreement(grades: Sequence[tuple[float | None, float | None, float]]) -> Agreement:
    """Compute the agreement of a judge with the answer score.

    Args:
        grades: faithfulness, completeness and answer score of each judged answer, all 0 to 1;
            grades are None where the judge's reply lacked them.
    """
    pairs = [(complete, score) for _, complete, score in grades if complete is not None]
    sides = [(complete >= 0.5, score >= 0.5) for complete, score in pairs]
    faithfulness = [faithful for faithful, _, _ in grades if faithful is not None]
    return Agreement(
        faithfulness=intervals.mean(faithfulness),
        completeness=intervals.mean([complete for complete, _ in pairs]),
        same_side=intervals.mean([float(a == b) for a, b in sides]),
        kappa=cohen_kappa(sides),
        correlation=_spearman(pairs),
        unclear=sum(None in (faithful, complete) for faithful, complete, _ in grades),
    )


def cohen_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa of pairs; None if it is undefined because chance agreement is 1."""
    n = len(pairs)
    if n == 0:
        return None
    first = sum(a for a, _ in pairs) / n
    second = sum(b for _, b in pairs) / n
    chance = first * second + (1 - first) * (1 - second)
    if chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


def _spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    from scipy import stats

    grades, scores = [a for a, _ in pairs], [b for _, b in pairs]
    if len(set(grades)) < 2 or len(set(scores)) < 2:
        return None
    return float(stats.spearmanr(grades, scores).statistic)
