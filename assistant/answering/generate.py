"""Writing: from a prompt about the evidence to checked sentences, as the model writes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.answer import SentenceDropped, SentenceWritten, TokenWritten
from assistant.answering.context import AnswerContext
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.question.paper_mention import called
from assistant.answering.question.verdict import (
    Scale,
    VerdictScores,
    choose_verdict,
    without_verdict,
)
from assistant.llm import Completion, Prompt
from assistant.retrieval import Evidence
from assistant.text.sentence_stream import SentenceStream

Written: TypeAlias = TokenWritten | SentenceWritten | SentenceDropped


def write_answer(
    context: AnswerContext, begun: Completion, grounding: Grounder
) -> Iterator[Written]:
    """Yield the tokens of an answer from the evidence, and each finished sentence.

    Args:
        context: the question on its way.
        begun: the answer, which the model writes already.
        grounding: cites and checks the sentences.
    """
    yield from _sentences(context, begun, grounding)


def write_verdict(
    context: AnswerContext,
    question: str,
    evidence: Sequence[Evidence],
    weighed: VerdictScores,
    grounding: Grounder,
) -> Iterator[Written]:
    """Yield the verdict that the model gives most weight, then the reason as it is written."""
    verdict = choose_verdict(weighed, context.calibration)
    context.timer.token()
    yield grounding.cite_best(f"{verdict.capitalize()}.")
    completion = context.begin(context.prompt("reason", question, evidence, verdict=verdict))
    yield from _sentences(context, completion, grounding, verdicts=weighed.scale)


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked about one of several papers, and the evidence from it."""

    question: str
    prompt: Prompt
    evidence: tuple[Evidence, ...]


def parts(
    context: AnswerContext,
    question: str,
    evidence: Sequence[Evidence],
    sub_questions: Sequence[tuple[str, str]],
) -> list[Part]:
    """Return what is asked about each paper of the evidence.

    Shown two papers at once, a small model says of one what the other states. Asked the whole
    question about one of them, it says what both have in common, unless its answer begins with the
    name of the one; so it is best asked only what is meant for that paper.

    Args:
        context: the question on its way.
        question: all of it.
        evidence: grouped by paper.
        sub_questions: the ids of the papers with the part of the question about each; may be
            empty.
    """
    papers = list(dict.fromkeys(one.paper for one in evidence))
    evidence_of = {paper: tuple(one for one in evidence if one.paper == paper) for paper in papers}
    question_about = dict(sub_questions)
    if question_about.keys() == {paper.id for paper in papers}:
        return [
            Part(own, context.prompt("answer", own, evidence_of[paper]), evidence_of[paper])
            for paper in papers
            for own in [question_about[paper.id]]
        ]
    found = []
    for paper, own in evidence_of.items():
        name = called(paper, question, [other for other in papers if other != paper])
        prompt = context.prompt("part", question, own, title=paper.title, name=name)
        found.append(Part(question, prompt, own))
    return found


def write_parts(
    context: AnswerContext, asked: Sequence[Part], begun: Completion | None, grounding: Grounder
) -> Iterator[Written]:
    """Yield what each paper says, one after the other.

    If nothing that was written of a paper holds, its best sentence speaks for it.

    Args:
        context: the question on its way.
        asked: about each of the papers.
        begun: the answer about the first, if the model writes it already.
        grounding: cites and checks the sentences.
    """
    for part in asked:
        completion, begun = begun or context.begin(part.prompt), None
        own = grounding.for_part(part.question, part.evidence)
        spoken = False
        for event in _sentences(context, completion, own):
            spoken |= isinstance(event, SentenceWritten)
            yield event
        if not spoken:
            yield own.quote(max(part.evidence, key=lambda one: one.score))


def _sentences(
    context: AnswerContext, completion: Completion, grounding: Grounder, *, verdicts: Scale = ()
) -> Iterator[Written]:
    """Yield tokens, and each finished sentence with its citations.

    Where a verdict was given already, the words of its scale are not written again.
    """
    unfinished = SentenceStream()

    def checked(texts: Sequence[str]) -> Iterator[SentenceWritten | SentenceDropped]:
        for text in texts:
            if text := without_verdict(text, verdicts):
                yield grounding.check(text)

    for piece in completion:
        context.timer.token()
        yield TokenWritten(piece)
        yield from checked(unfinished.feed(piece))
    context.timer.count(completion.usage)
    cut = completion.usage.completion_tokens >= context.settings.max_answer_tokens
    # A sentence that the limit cut in two may say what nobody meant.
    whole = [t for t in unfinished.rest() if not cut or t.endswith((".", "!", "?"))]
    yield from checked(whole)
