"""Abstention metrics: whether the system abstains where it should, and only there."""

from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics.intervals import Values
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def abstained_on_answerable(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for an abstention, else 0; None if the question is unanswerable."""
    return float(prediction.abstained) if question.answerable else None


def abstention_recall(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for an abstention, else 0; None if the question is answerable."""
    return None if question.answerable else float(prediction.abstained)


def abstention_precision(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for a correct abstention, 0 for a wrong one; None for an answer."""
    return float(not question.answerable) if prediction.abstained else None


def answerable_auc(confidence: Values, answerable: Values) -> float:
    """Return the ROC AUC of the confidence as a score for answerable questions.

    That is the probability that an answerable question has a higher confidence than an unanswerable
    one. It is nan if all questions are of one kind.
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
    """The risk-coverage curve of selective answering.

    Attributes:
        coverage: share of all questions that are answered, ascending.
        risk: mean of 1 - answer score over them.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]


def risk_coverage(confidence: Values, score: Values, asked: int) -> RiskCoverage:
    """Return the curve over the answered questions, most confident first.

    Args:
        confidence: the confidence of each answered question.
        score: the answer score of each, 0 to 1.
        asked: number of questions asked; the curve ends at the share that was answered.
    """
    risk = _risks(confidence, score)
    coverage = np.arange(1, len(risk) + 1) / max(1, asked)
    return RiskCoverage(tuple(coverage.tolist()), tuple(risk.tolist()))


def risk_coverage_area(confidence: Values, score: Values) -> float:
    """Return the mean risk along the curve; 0 is best, nan if nothing was answered."""
    return float(_risks(confidence, score).mean()) if len(score) else float("nan")


def _risks(confidence: Values, score: Values) -> Values:
    # Ties share their mean loss, so that the order of the file does not matter.
    order = np.argsort(-confidence, kind="stable")
    loss = 1 - score[order]
    ties = np.unique(-confidence[order], return_inverse=True)[1]
    loss = (np.bincount(ties, loss) / np.bincount(ties))[ties] if len(loss) else loss
    return np.asarray(np.cumsum(loss) / np.arange(1, len(loss) + 1), dtype=np.float64)
