"""Latency and token counts of an answer, from its timings."""

from collections.abc import Callable

from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question


def timing(name: str) -> Callable[[Question, Prediction], float | None]:
    """Return a metric that reads one entry of the timings; None where it was not measured."""

    def value(_question: Question, prediction: Prediction) -> float | None:
        return prediction.timings.get(name)

    return value
