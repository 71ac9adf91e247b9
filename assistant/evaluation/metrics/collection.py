"""Sets: are the papers that an answer lists those that belong in the list.

A paper that the question set calls borderline is neither right nor wrong.
"""

from collections.abc import Callable

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import COLLECTION, Question
from assistant.papers import paper_id

Value = Callable[[Question, Prediction], float | None]


def set_precision(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the listed papers that belong in the list; None if none is listed."""
    listed = _listed(question, prediction)
    return len(listed & _wanted(question)) / len(listed) if listed else None


def set_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the papers that belong in the list that are listed."""
    if question.kind != COLLECTION:
        return None
    wanted = _wanted(question)
    return len(_listed(question, prediction) & wanted) / len(wanted)


def set_f1(question: Question, prediction: Prediction) -> float | None:
    """Return the harmonic mean of precision and recall; 0 if nothing is listed."""
    if question.kind != COLLECTION:
        return None
    listed, wanted = _listed(question, prediction), _wanted(question)
    return 2 * len(listed & wanted) / (len(listed) + len(wanted))


def of_subject(subject: str, value: Value) -> Value:
    """Return a metric that has a value for the questions about one subject only."""

    def of(question: Question, prediction: Prediction) -> float | None:
        return value(question, prediction) if question.subject == subject else None

    return of


def _listed(question: Question, prediction: Prediction) -> frozenset[str]:
    """Return the ids of the papers that an answer lists, the borderline ones left out."""
    if question.kind != COLLECTION or prediction.abstained:
        return frozenset()
    return prediction.cited - {paper_id(title) for title in question.borderline}


def _wanted(question: Question) -> frozenset[str]:
    return frozenset(paper_id(title) for title in question.papers)
