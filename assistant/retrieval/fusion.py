"""Score fusion: combines several rankings by the weighted sum of their z-scores.

Design notes: docs/design/retrieval-fusion.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Signal:
    """One ranking to be fused.

    Attributes:
        scores: scores by paper id, higher is better.
        weight: the weight of this ranking in the sum.
        missing_score: the score of papers that are not in the ranking; None for its lowest score.
    """

    scores: Mapping[str, float]
    weight: float
    missing_score: float | None = None


def fuse(signals: Sequence[Signal]) -> list[tuple[str, float]]:
    """Return the ids and fused scores of the papers in all signals, best first.

    To make the scores of different signals comparable, each is standardised over all candidates of
    the question: the mean is subtracted, and the result divided by the standard deviation. Ties are
    ordered by id.
    """
    ids = sorted(set().union(*(signal.scores for signal in signals)))
    total = np.zeros(len(ids))
    for signal in signals:
        if signal.scores:
            missing = signal.missing_score
            if missing is None:
                missing = min(signal.scores.values())
            total += signal.weight * _z_scores([signal.scores.get(id_, missing) for id_ in ids])
    order = np.argsort(-total, kind="stable")
    return [(ids[i], float(total[i])) for i in order]


def _z_scores(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    scores = np.asarray(values, dtype=np.float64)
    deviation = scores.std()
    return (scores - scores.mean()) / deviation if deviation > 0 else np.zeros_like(scores)
