"""Abstention: does the assistant abstain where it should, and only there."""

from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics.intervals import Values
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def abstained_on_answerable(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for an abstention on an answerable question, else 0; None if it is not one."""
    return float(prediction.abstained) if question.answerable else None


def abstention_recall(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for an abstention on an unanswerable question, else 0; None if it is not one."""
    return None if question.answerable else float(prediction.abstained)


def abstention_precision(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for an abstention that was right, 0 for one that was not; None for an answer."""
    return float(not question.answerable) if prediction.abstained else None


def separation(confidence: Values, answerable: Values) -> float:
    """Return how well the confidence tells answerable from unanswerable questions (ROC AUC).

    It is the chance that an answerable question has the higher confidence; 0.5 tells nothing.
    """
    from scipy.stats import rankdata

    positives = int(answerable.sum())
    negatives = len(answerable) - positives
    if not positives or not negatives:
        return float("nan")
    ranks = rankdata(confidence)
    above = ranks[answerable == 1].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Selective answering: what is risked by answering the most confident part only.

    Attributes:
        coverage: share of all questions that is answered, rising.
        risk: mean of 1 - answer score over these.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]


def risk_coverage(confidence: Values, score: Values, asked: int) -> RiskCoverage:
    """Return the curve over the answered questions, the most confident first.

    Args:
        confidence: of each answered question.
        score: its answer score, 0 to 1.
        asked: how many questions were asked; the curve ends at the share that was answered.
    """
    risk = _risks(confidence, score)
    coverage = np.arange(1, len(risk) + 1) / max(1, asked)
    return RiskCoverage(tuple(coverage.tolist()), tuple(risk.tolist()))


def risk_coverage_area(confidence: Values, score: Values) -> float:
    """Return the mean risk along the curve: 0 at best."""
    return float(_risks(confidence, score).mean()) if len(score) else float("nan")


def _risks(confidence: Values, score: Values) -> Values:
    # Stable, and ties share their mean: the order of the file must not matter.
    order = np.argsort(-confidence, kind="stable")
    loss = 1 - score[order]
    ties = np.unique(-confidence[order], return_inverse=True)[1]
    loss = (np.bincount(ties, loss) / np.bincount(ties))[ties] if len(loss) else loss
    return np.asarray(np.cumsum(loss) / np.arange(1, len(loss) + 1), dtype=np.float64)
