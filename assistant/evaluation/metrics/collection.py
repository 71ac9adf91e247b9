"""Set metrics: precision, recall and F1 of the papers that an answer lists.

Papers that the question set marks as borderline are ignored.
"""

from collections.abc import Callable

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import COLLECTION, Question
from assistant.papers import paper_id

Value = Callable[[Question, Prediction], float | None]


def set_precision(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the listed papers that belong in the list; None if none is listed."""
    listed = _listed(question, prediction)
    return len(listed & _expected(question)) / len(listed) if listed else None


def set_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the papers belonging in the list that are listed."""
    if question.kind != COLLECTION:
        return None
    expected = _expected(question)
    return len(_listed(question, prediction) & expected) / len(expected)


def set_f1(question: Question, prediction: Prediction) -> float | None:
    """Return the harmonic mean of precision and recall; 0 if nothing is listed."""
    if question.kind != COLLECTION:
        return None
    listed, expected = _listed(question, prediction), _expected(question)
    return 2 * len(listed & expected) / (len(listed) + len(expected))


def for_subject(subject: str, value: Value) -> Value:
    """Return a metric restricted to the questions about one subject."""

    def restricted(question: Question, prediction: Prediction) -> float | None:
        return value(question, prediction) if question.subject == subject else None

    return restricted


def _listed(question: Question, prediction: Prediction) -> frozenset[str]:
    """Return the ids of the papers that an answer lists, without borderline ones."""
    if question.kind != COLLECTION or prediction.abstained:
        return frozenset()
    return prediction.cited - {paper_id(title) for title in question.borderline}


def _expected(question: Question) -> frozenset[str]:
    return frozenset(paper_id(title) for title in question.papers)
