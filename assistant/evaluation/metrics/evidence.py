"""Evidence recall: was the model shown the sentences that hold the answer."""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def evidence_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the known evidence sentences that were shown; None if none are known.

    Sentences may be cut at other places, so one that holds the other counts.
    """
    if not question.answerable or not question.evidence:
        return None
    shown = [_plain(sentence) for sentence in prediction.evidence]
    known = [_plain(sentence) for sentence in question.evidence]
    return sum(any(k in s or s in k for s in shown) for k in known) / len(known)


def _plain(sentence: str) -> str:
    return " ".join(sentence.casefold().split())
