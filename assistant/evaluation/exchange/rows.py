"""What the formats of other tools have in common: one row per answered question."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evaluation.broad import EXISTENCE
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run

NO_ANSWER = "The papers do not say."
"""The reference answer of an unanswerable question."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its answer.

    Attributes:
        question: the question.
        prediction: the answer.
        asked: the question in words that can be understood without earlier turns.
        reference: the right answer; None if the set does not say what it is.
    """

    question: Question
    prediction: Prediction
    asked: str
    reference: str | None


def rows(run: Run) -> Iterator[Row]:
    """Yield a row for each question of a run."""
    for question, prediction in run.results:
        yield row_of(question, prediction)


def row_of(question: Question, prediction: Prediction) -> Row:
    """Return the row of one question with its answer."""
    return Row(question, prediction, _asked(question, prediction), reference_answer(question))


def reference_answer(question: Question) -> str | None:
    """Return the right answer to a question in words, built from what the set knows about it.

    Of several surface forms, the first is used.
    """
    if question.kind == EXISTENCE:
        return "yes" if question.answerable else "no"
    if not question.answerable:
        return NO_ANSWER
    if question.answers:
        return question.answers[0]
    if question.facts:
        return "; ".join(fact[0] for fact in question.facts)
    broad = question.broad
    if broad and broad.nuggets:
        return "\n".join(f"{nugget.paper}: {nugget.forms[0]}" for nugget in broad.nuggets)
    if broad and broad.themes:
        return "; ".join(theme.forms[-1] for theme in broad.themes)
    if broad and broad.count is not None:
        return str(broad.count)
    return "\n".join(question.papers) or None


def _asked(question: Question, prediction: Prediction) -> str:
    if not question.history:
        return question.text
    return question.standalone or prediction.standalone_question or question.text
