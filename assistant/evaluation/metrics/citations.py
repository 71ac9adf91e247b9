"""Citation metrics: whether the cited papers contain the answer and support its sentences.

Abstentions are not counted.
"""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.papers import paper_id


def citation_precision(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the cited papers that contain the answer; None if nothing is cited."""
    if prediction.abstained or not prediction.cited or not question.papers:
        return None
    return len(prediction.cited & _expected(question)) / len(prediction.cited)


def citation_recall(question: Question, prediction: Prediction) -> float | None:
    """Return the share of the papers containing the answer that are cited."""
    if prediction.abstained or not question.papers:
        return None
    expected = _expected(question)
    return len(prediction.cited & expected) / len(expected)


def groundedness(_question: Question, prediction: Prediction) -> float | None:
    """Return the share of supported sentences; None for an abstention.

    This relies on the assistant's own check of each sentence, which covers numbers and names but
    not what a sentence says about them.
    """
    if prediction.abstained or not prediction.sentences:
        return None
    supported = sum(sentence.supported for sentence in prediction.sentences)
    return supported / len(prediction.sentences)


def _expected(question: Question) -> frozenset[str]:
    return frozenset(paper_id(title) for title in question.papers)
