"""Calibration: when the assistant is 80 % confident, is it right 80 % of the time."""

from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics.intervals import Values

_BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The answers whose confidence lies in one tenth of 0 to 1.

    Attributes:
        low: where the bin begins.
        high: where it ends.
        confidence: mean confidence of its answers.
        score: their mean answer score.
        n: how many they are.
    """

    low: float
    high: float
    confidence: float
    score: float
    n: int


def reliability(confidence: Values, score: Values) -> list[ReliabilityBin]:
    """Return the reliability diagram: the bins that hold answers, from low to high."""
    place = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return [
        ReliabilityBin(
            bin_ / _BINS,
            (bin_ + 1) / _BINS,
            float(confidence[place == bin_].mean()),
            float(score[place == bin_].mean()),
            int((place == bin_).sum()),
        )
        for bin_ in np.unique(place).tolist()
    ]


def calibration_error(confidence: Values, score: Values) -> float:
    """Return the expected calibration error: the bins' gaps, weighted by their answers."""
    if not len(score):
        return float("nan")
    gaps = [abs(one.confidence - one.score) * one.n for one in reliability(confidence, score)]
    return sum(gaps) / len(score)
