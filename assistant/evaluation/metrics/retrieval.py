"""Retrieval metrics: whether the papers that contain the answer are ranked high.

A question may need several papers. Papers are matched by normalized title. A question about no
particular paper has no value.
"""

import math
from collections.abc import Callable

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.papers import paper_id


def recall_at(depth: int) -> Callable[[Question, Prediction], float | None]:
    """Return the metric recall at ``depth``."""

    def recall(question: Question, prediction: Prediction) -> float | None:
        ranks = _ranks(question, prediction)
        return sum(rank <= depth for rank in ranks) / len(ranks) if ranks else None

    return recall


def reciprocal_rank(question: Question, prediction: Prediction) -> float | None:
    """Return 1 / rank of the first of the question's papers; 0 if none is ranked."""
    ranks = _ranks(question, prediction)
    return 1 / min(ranks) if ranks else None


def ndcg_at_10(question: Question, prediction: Prediction) -> float | None:
    """Return the normalized discounted cumulative gain at 10, with binary relevance."""
    ranks = _ranks(question, prediction)
    if not ranks:
        return None
    gain = sum(_discount(rank) for rank in ranks if rank <= 10)
    ideal = sum(_discount(rank) for rank in range(1, min(len(ranks), 10) + 1))
    return gain / ideal


def _discount(rank: float) -> float:
    return 1 / math.log2(rank + 1)


def _ranks(question: Question, prediction: Prediction) -> list[float]:
    """Return the rank of each of the question's papers, from 1; infinity if not ranked."""
    ranking: dict[str, float] = {}
    for rank, title in enumerate(prediction.papers, start=1):
        ranking.setdefault(paper_id(title), rank)
    relevant = {paper_id(title) for title in question.papers}
    return [ranking.get(id_, math.inf) for id_ in sorted(relevant)]
