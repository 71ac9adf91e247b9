"""Evidence recall: whether the model was shown the sentences that contain the answer."""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def evidence_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the known evidence sentences that were shown; None if none are known.

    Sentence boundaries may differ, so a sentence also counts if it contains the other.
    """
    if not question.answerable or not question.evidence:
        return None
    shown = [_normalized(sentence) for sentence in prediction.evidence]
    known = [_normalized(sentence) for sentence in question.evidence]
    return sum(any(k in s or s in k for s in shown) for k in known) / len(known)


def _normalized(sentence: str) -> str:
    return " ".join(sentence.casefold().split())
