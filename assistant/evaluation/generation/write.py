"""Write one question with the model, and test whether it has the answer it should have."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.context import AnswerContext
from assistant.evaluation.generation.facts import Fact
from assistant.evaluation.generation.filters import (
    gives_away,
    is_covered,
    is_self_contained,
    question_in,
)
from assistant.evaluation.metrics.answer_score import contains_form
from assistant.llm import Prompt
from assistant.papers import Paper
from assistant.retrieval import Evidence, retrieve, select_evidence

_QUESTION_TOKENS = 60
_ANSWER_TOKENS = 80
# P(yes) to "Do the excerpts state the answer?" from which a question counts as answerable.
_ANSWERABLE = 0.5

Outcome = Literal[
    "kept",
    "not one question",
    "not self-contained",
    "contains the answer",
    "its paper is not found",
    "not answered by its paper",
    "answered without its sentence",
    "answered by its paper",
]
"""The outcome of a written question."""


@dataclass(frozen=True, slots=True)
class Written:
    """A question that the model wrote.

    Attributes:
        text: the question; empty if the model did not write one.
        outcome: ``kept``, or the first test that it failed.
    """

    text: str
    outcome: Outcome


def write_question(context: AnswerContext, fact: Fact) -> Written:
    """Write a question for a fact, and test it.

    It is kept if the answer comes back from the paper's abstract, and not from the rest of the
    abstract without the sentence that states it.
    """
    whole = _evidence(context, fact.sentence, fact.paper)
    stating = [one for one in whole if one.text == fact.sentence]
    prompt = context.model.prompt("question", "", stating, answer=fact.answer)
    text = question_in(_completed(context, prompt, _QUESTION_TOKENS))
    if outcome := _failed_test(context, text, fact.paper):
        return Written(text, outcome)
    if gives_away(text, fact.answer):
        return Written(text, "contains the answer")
    if not _yields_answer(context, text, whole, fact.answer):
        return Written(text, "not answered by its paper")
    rest = [one for one in whole if one.text != fact.sentence]
    if rest and _yields_answer(context, text, rest, fact.answer):
        return Written(text, "answered without its sentence")
    return Written(text, "kept")


def write_unanswerable(context: AnswerContext, paper: Paper, example: str) -> Written:
    """Write a question about a paper that its abstract does not answer, and test it.

    Args:
        context: the library and the model.
        paper: the paper that the question is about.
        example: a question about a fact of another paper, to ask for the same kind of detail; empty
            for any plausible detail.
    """
    whole = _evidence(context, paper.title, paper)
    prompt = context.model.prompt("unanswerable", "", whole, example=example)
    text = question_in(_completed(context, prompt, _QUESTION_TOKENS))
    if outcome := _failed_test(context, text, paper):
        return Written(text, outcome)
    if is_covered(text, paper.abstract):
        return Written(text, "answered by its paper")
    [yes] = context.model.yes_probabilities([context.model.prompt("look", text, whole)])
    return Written(text, "answered by its paper" if yes >= _ANSWERABLE else "kept")


def _failed_test(context: AnswerContext, text: str, paper: Paper) -> Outcome | None:
    """Return what is wrong with a question, regardless of its answer; None if nothing is."""
    if not text:
        return "not one question"
    if not is_self_contained(text):
        return "not self-contained"
    found = retrieve(context.library, text, context.settings, context.scope)
    if all(ranked.paper.id != paper.id for ranked in found.papers):
        return "its paper is not found"
    return None


def _yields_answer(
    context: AnswerContext, question: str, evidence: Sequence[Evidence], answer: str
) -> bool:
    """Return whether the model's answer from some evidence contains the right one."""
    prompt = context.model.prompt("answer", question, evidence)
    return contains_form(_completed(context, prompt, _ANSWER_TOKENS).casefold(), answer)


def _evidence(context: AnswerContext, text: str, paper: Paper) -> tuple[Evidence, ...]:
    """Return all sentences of a paper that a model may be shown."""
    vector = context.library.embedder.embed_question(text)
    return select_evidence(
        context.library, text, vector, [(paper, 0.0)], sys.maxsize, steps=frozenset()
    )


def _completed(context: AnswerContext, prompt: Prompt, max_tokens: int) -> str:
    return "".join(context.model.start(prompt, max_tokens))
