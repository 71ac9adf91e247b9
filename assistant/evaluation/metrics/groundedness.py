"""Groundedness: do the numbers and names of an answer stand in the abstracts it cites."""

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def groundedness(_question: Question, prediction: Prediction) -> float | None:
    """Return the share of an answer's sentences that are supported; None for an abstention.

    It is the assistant's own check of each sentence: exact about numbers and names, silent about
    what a sentence says of them.
    """
    if prediction.abstained or not prediction.sentences:
        return None
    supported = sum(sentence.supported for sentence in prediction.sentences)
    return supported / len(prediction.sentences)
