"""Verdicts: yes/no/maybe and true/false, found in an answer and scored by class."""

import re
from collections.abc import Sequence

import numpy as np

from assistant.evaluation.metrics.intervals import Values
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import VERDICT, Question


def find_verdict(text: str, verdicts: Sequence[str]) -> str | None:
    """Return the first of the verdicts that an answer names as a word; None if it names none."""
    match = re.search(rf"\b({'|'.join(map(re.escape, verdicts))})\b", text, re.IGNORECASE)
    return match[1].lower() if match else None


def verdict_given(question: Question, prediction: Prediction) -> str:
    """Return the verdict of an answer; empty if it abstained or names none."""
    if prediction.abstained:
        return ""
    return find_verdict(prediction.text, question.verdicts) or ""


def verdict_is_right(question: Question, prediction: Prediction) -> bool:
    """Tell whether an answer to a verdict question gives the right verdict."""
    return verdict_given(question, prediction) == question.answers[0]


def verdict_accuracy(question: Question, prediction: Prediction) -> float | None:
    """Return 1 for the right verdict, else 0; None if the question asks for none."""
    return float(verdict_is_right(question, prediction)) if question.kind == VERDICT else None


def macro_f1(right: Values, given: Values) -> float:
    """Return the mean over the classes of their F1; a class is a number, and others are wrong."""
    scores = []
    for verdict in np.unique(right):
        hits = int(((right == verdict) & (given == verdict)).sum())
        # F1 = 2 TP / (2 TP + FP + FN); each of the two counts below holds one TP.
        scores.append(2 * hits / int((right == verdict).sum() + (given == verdict).sum()))
    return float(np.mean(scores)) if scores else float("nan")
