"""Retrieval: are the papers that hold the answer high in the ranking.

A question may need several papers; a paper is told by its title, spelling variants aside.
"""

import math
from collections.abc import Callable

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.papers import paper_id


def recall_at(depth: int) -> Callable[[Question, Prediction], float]:
    """Return the metric "share of the question's papers among the first ``depth``"."""

    def recall(question: Question, prediction: Prediction) -> float:
        places = _places(question, prediction)
        return sum(place <= depth for place in places) / len(places)

    return recall


def reciprocal_rank(question: Question, prediction: Prediction) -> float:
    """Return 1 / place of the first of the question's papers; 0 if none is ranked."""
    return 1 / min(_places(question, prediction))


def ndcg_at_10(question: Question, prediction: Prediction) -> float:
    """Return the discounted gain of the question's papers in the first 10, 1 at best."""
    places = _places(question, prediction)
    gain = sum(_discount(place) for place in places if place <= 10)
    ideal = sum(_discount(place) for place in range(1, min(len(places), 10) + 1))
    return gain / ideal


def _discount(place: float) -> float:
    return 1 / math.log2(place + 1)


def _places(question: Question, prediction: Prediction) -> list[float]:
    """Return the place of each of the question's papers, from 1; infinity if not ranked."""
    ranked: dict[str, float] = {}
    for place, title in enumerate(prediction.papers, start=1):
        ranked.setdefault(paper_id(title), place)
    wanted = {paper_id(title) for title in question.papers}
    return [ranked.get(id_, math.inf) for id_ in sorted(wanted)]
