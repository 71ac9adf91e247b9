"""Calibration of the confidence: the reliability diagram and the expected calibration error."""

from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics.intervals import Values

_BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The answers whose confidence is in one of ten equal bins.

    Attributes:
        low: lower end of the bin.
        high: upper end of the bin.
        confidence: mean confidence of the answers.
        score: mean answer score of the answers.
        n: number of answers.
    """

    low: float
    high: float
    confidence: float
    score: float
    n: int


def reliability(confidence: Values, score: Values) -> list[ReliabilityBin]:
    """Return the non-empty bins of the reliability diagram, in ascending order."""
    index = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return [
        ReliabilityBin(
            bin_ / _BINS,
            (bin_ + 1) / _BINS,
            float(confidence[index == bin_].mean()),
            float(score[index == bin_].mean()),
            int((index == bin_).sum()),
        )
        for bin_ in np.unique(index).tolist()
    ]


def calibration_error(confidence: Values, score: Values) -> float:
    """Return the expected calibration error; nan if there are no answers.

    It is the mean of |confidence - score| over the bins, weighted by their number of answers.
    """
    if not len(score):
        return float("nan")
    gaps = [abs(one.confidence - one.score) * one.n for one in reliability(confidence, score)]
    return sum(gaps) / len(score)
