"""Answer score: is what the answer says right, by the known surface forms or facts."""

import re

from assistant.evaluation.metrics.collection import set_f1
from assistant.evaluation.metrics.verdicts import verdict_is_right
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import (
    COLLECTION,
    FACT_KINDS,
    UNANSWERABLE,
    VERDICT,
    Question,
)


def answer_score(question: Question, prediction: Prediction) -> float:
    """Return how right an answer is, 0 to 1.

    An unanswerable question wants an abstention; any other gets 0 for one.
    """
    if question.kind == UNANSWERABLE:
        return float(prediction.abstained)
    if question.kind == COLLECTION:
        return set_f1(question, prediction) or 0.0
    if prediction.abstained:
        return 0.0
    text = prediction.text.casefold()
    if question.kind == VERDICT:
        return float(verdict_is_right(question, prediction))
    if question.kind in FACT_KINDS:
        return sum(_mentions(text, fact) for fact in question.facts) / len(question.facts)
    return float(any(_states(text, form) for form in question.answers))


def _states(text: str, form: str) -> bool:
    """Tell whether a surface form stands in a text between word boundaries."""
    form = form.casefold()
    # A number goes on behind its point or comma: "8" is neither in "7.8" nor in "8,500".
    before = r"(?<!\d[.,])" if form[:1].isdecimal() else ""
    after = r"(?![.,]\d)" if form[-1:].isdecimal() else ""
    # Not \b, which wants a letter or digit at the edge of the form: "12 %" has none.
    stated = rf"(?<!\w){before}{re.escape(form)}(?!\w){after}"
    return re.search(stated, text) is not None


def _mentions(text: str, fact: tuple[str, ...]) -> bool:
    return any(substring.casefold() in text for substring in fact)
