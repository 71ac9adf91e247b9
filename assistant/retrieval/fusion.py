"""How several rankings of papers become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Signal:
    """One ranking of papers, as scores by paper id (higher is better), and its weight."""

    scores: Mapping[str, float]
    weight: float
    absent: float | None = None
    """The score of a paper that the ranking leaves out; None: its lowest score."""


def fuse(signals: Sequence[Signal]) -> list[tuple[str, float]]:
    """Return all papers of the signals by the weighted sum of their z-scores, best first.

    Scores of different kinds become comparable by subtracting their mean over the candidates and
    dividing by their standard deviation, one question at a time. Ties keep the order of the ids.
    """
    ids = sorted(set().union(*(signal.scores for signal in signals)))
    total = np.zeros(len(ids))
    for signal in signals:
        if signal.scores:
            lowest = min(signal.scores.values()) if signal.absent is None else signal.absent
            total += signal.weight * _z_scores([signal.scores.get(id_, lowest) for id_ in ids])
    order = np.argsort(-total, kind="stable")
    return [(ids[i], float(total[i])) for i in order]


def _z_scores(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    scores = np.asarray(values, dtype=np.float64)
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
