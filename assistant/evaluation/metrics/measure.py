"""Compute all metrics of a run, with intervals."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.evaluation.metrics import ANSWER_SCORE, COSTS, SHARES, Metric, intervals
from assistant.evaluation.metrics.abstention import (
    RiskCoverage,
    answerable_auc,
    risk_coverage,
    risk_coverage_area,
)
from assistant.evaluation.metrics.intervals import Estimate, Values
from assistant.evaluation.metrics.reliability import (
    ReliabilityBin,
    calibration_error,
    reliability,
)
from assistant.evaluation.metrics.verdicts import macro_f1, verdict_given
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import KINDS, VERDICT, VERDICT_SCALES, Question

Result = tuple[Question, Prediction]


@dataclass(frozen=True, slots=True)
class Metrics:
    """The metrics of a run.

    Attributes:
        headline: answer score, averaged over the kinds.
        by_kind: answer score of each kind.
        abstained_by_kind: share of each kind that was abstained on.
        figures: all other metrics by name; times and token counts as ``_p50`` and ``_p95``.
        risk_coverage: risk-coverage curve.
        reliability: reliability diagram.
    """

    headline: Estimate
    by_kind: dict[str, Estimate]
    abstained_by_kind: dict[str, Estimate]
    figures: dict[str, Estimate]
    risk_coverage: RiskCoverage
    reliability: list[ReliabilityBin]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, as in ``metrics.json``."""
        return asdict(self)

    @property
    def named(self) -> dict[str, Estimate]:
        """All scalar metrics: ``answer_score``, ``answer_score.KIND``, and `figures`."""
        kinds = {f"answer_score.{kind}": estimate for kind, estimate in self.by_kind.items()}
        return {"answer_score": self.headline, **kinds, **self.figures}

    def rows(self) -> list[tuple[str, Estimate]]:
        """Return the title and the estimate of every metric that has a value, headline first."""
        return [(TITLES[name], one) for name, one in self.named.items() if one.value is not None]

    def __str__(self) -> str:
        return "\n".join(
            f"{title}: {estimate} (n = {estimate.n})" for title, estimate in self.rows()
        )


TITLES = {
    "answer_score": "Answer score, mean over kinds",
    "risk_coverage_area": "Risk-coverage area",
    "calibration_error": "Calibration error",
    "answerable_auc": "Answerable told apart (AUC)",
    "verdict_macro_f1": "Verdict macro-F1",
}
TITLES |= {f"answer_score.{kind}": f"  {kind}" for kind in KINDS}
TITLES |= {metric.name: metric.title for metric in SHARES}
TITLES |= {f"{metric.name}_p50": f"{metric.title}, median" for metric in COSTS}
TITLES |= {f"{metric.name}_p95": f"{metric.title}, 95th percentile" for metric in COSTS}


def measure(results: Sequence[Result]) -> Metrics:
    """Compute the metrics of questions and their answers."""
    kinds = [kind for kind in KINDS if any(question.kind == kind for question, _ in results)]
    of_kind = {kind: [one for one in results if one[0].kind == kind] for kind in kinds}
    scores = {kind: values(ANSWER_SCORE, group) for kind, group in of_kind.items()}
    figures = {metric.name: intervals.mean(values(metric, results)) for metric in SHARES}
    for metric in COSTS:
        costs = values(metric, results)
        figures[f"{metric.name}_p50"] = intervals.quantile(costs, 0.5)
        figures[f"{metric.name}_p95"] = intervals.quantile(costs, 0.95)
    answered = [
        (prediction.confidence, ANSWER_SCORE.value(question, prediction))
        for question, prediction in results
        if not prediction.abstained and prediction.confidence is not None
    ]
    confidence, score = _columns(answered)
    figures |= _confidence_metrics(results, confidence, score)
    figures |= _verdict_metrics(of_kind.get(VERDICT, []))
    return Metrics(
        headline=intervals.mean_of_means(scores),
        by_kind={kind: intervals.mean(group) for kind, group in scores.items()},
        abstained_by_kind={
            kind: intervals.mean([float(prediction.abstained) for _, prediction in group])
            for kind, group in of_kind.items()
        },
        figures=figures,
        risk_coverage=risk_coverage(confidence, score, len(results)),
        reliability=reliability(confidence, score),
    )


def values(metric: Metric, results: Sequence[Result]) -> list[float]:
    """Return a metric's value for each question that it applies to."""
    all_values = (metric.value(question, prediction) for question, prediction in results)
    return [value for value in all_values if value is not None]


def _confidence_metrics(
    results: Sequence[Result], confidence: Values, score: Values
) -> dict[str, Estimate]:
    all_confidence, answerable = _columns(
        [
            (prediction.confidence, question.answerable)
            for question, prediction in results
            if prediction.confidence is not None
        ]
    )
    columns = (confidence, score)
    return {
        "risk_coverage_area": intervals.paired_estimate(columns, risk_coverage_area),
        "calibration_error": intervals.paired_estimate(columns, calibration_error),
        "answerable_auc": intervals.paired_estimate((all_confidence, answerable), answerable_auc),
    }


def _verdict_metrics(results: Sequence[Result]) -> dict[str, Estimate]:
    if not results:
        return {}
    numbers = {verdict: i for i, verdict in enumerate(v for scale in VERDICT_SCALES for v in scale)}
    right, given = _columns(
        [
            (numbers[question.answers[0]], numbers.get(verdict_given(question, prediction), -1))
            for question, prediction in results
        ]
    )
    return {"verdict_macro_f1": intervals.paired_estimate((right, given), macro_f1)}


def _columns(rows: Sequence[tuple[float | None, float | None]]) -> tuple[Values, Values]:
    table = np.asarray(rows, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
