"""Answer score: whether an answer is correct, by known surface forms, facts or papers."""

import re

from assistant.evaluation.metrics.broad_score import broad_score
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
    """Return the correctness of an answer, 0 to 1.

    An abstention scores 1 on an unanswerable question and 0 on any other.
    """
    if question.broad is not None:
        return broad_score(question, prediction)
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
    return float(any(contains_form(text, form) for form in question.answers))


def contains_form(text: str, form: str) -> bool:
    """Return whether a text contains a surface form between word boundaries."""
    form = form.casefold()
    # A number continues after a decimal point or comma: "8" is neither in "7.8" nor in "8,500".
    before = r"(?<!\d[.,])" if form[:1].isdecimal() else ""
    after = r"(?![.,]\d)" if form[-1:].isdecimal() else ""
    # Not \b, which requires a word character at the edge of the form: "12 %" has none.
    pattern = rf"(?<!\w){before}{re.escape(form)}(?!\w){after}"
    return re.search(pattern, text) is not None


def _mentions(text: str, fact: tuple[str, ...]) -> bool:
    return any(substring.casefold() in text for substring in fact)
