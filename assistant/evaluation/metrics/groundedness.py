"""Groundedness: whether the cited abstracts contain the numbers and names of an answer."""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def groundedness(_question: Question, prediction: Prediction) -> float | None:
    """Return the share of supported sentences; None for an abstention.

    This relies on the assistant's own check of each sentence, which covers numbers and names but
    not what a sentence says about them.
    """
    if prediction.abstained or not prediction.sentences:
        return None
    supported = sum(sentence.supported for sentence in prediction.sentences)
    return supported / len(prediction.sentences)
