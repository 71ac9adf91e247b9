"""Verdict metrics: accuracy and macro-F1 of yes/no/maybe and true/false answers."""

import re
from collections.abc import Sequence

import numpy as np

from assistant.evaluation.metrics.intervals import Values
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import VERDICT, Question


def find_verdict(text: str, verdicts: Sequence[str]) -> str | None:
    """Return the first verdict that occurs in an answer as a word; None if there is none."""
    match = re.search(rf"\b({'|'.join(map(re.escape, verdicts))})\b", text, re.IGNORECASE)
    return match[1].lower() if match else None


def verdict_given(question: Question, prediction: Prediction) -> str:
    """Return the verdict of an answer; empty if it abstains or has none."""
    if prediction.abstained:
        return ""
    return find_verdict(prediction.text, question.verdicts) or ""


def verdict_is_right(question: Question, prediction: Prediction) -> bool:
    """Return whether an answer to a verdict question gives the correct verdict."""
    return verdict_given(question, prediction) == question.answers[0]


def verdict_accuracy(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for the correct verdict, else 0; None for other kinds of questions."""
    return float(verdict_is_right(question, prediction)) if question.kind == VERDICT else None


def macro_f1(right: Values, given: Values) -> float:
    """Return the mean F1 over the classes that occur in ``right``.

    Args:
        right: the correct class of each question, as a number.
        given: the predicted class; a number that is no class counts as wrong.
    """
    scores = []
    for verdict in np.unique(right):
        hits = int(((right == verdict) & (given == verdict)).sum())
        # F1 = 2 TP / (2 TP + FP + FN) = 2 TP / ((TP + FN) + (TP + FP)).
        scores.append(2 * hits / int((right == verdict).sum() + (given == verdict).sum()))
    return float(np.mean(scores)) if scores else float("nan")
