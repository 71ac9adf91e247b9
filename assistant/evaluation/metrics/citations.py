"""Citations: are the cited papers those that hold the answer. Abstentions do not count."""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.papers import paper_id


def citation_precision(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the cited papers that hold the answer; None if nothing is cited."""
    if prediction.abstained or not prediction.cited:
        return None
    return len(prediction.cited & _wanted(question)) / len(prediction.cited)


def citation_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the papers that hold the answer that are cited."""
    if prediction.abstained:
        return None
    wanted = _wanted(question)
    return len(prediction.cited & wanted) / len(wanted)


def _wanted(question: Question) -> frozenset[str]:
    return frozenset(paper_id(title) for title in question.papers)
