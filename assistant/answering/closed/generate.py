"""Generation: turns a completion into checked sentences, as they are written.

Design notes: docs/design/generation.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.answering.events import SentenceDropped, SentenceWritten, TokenWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.answering.question.paper_mention import mentioned_name
from assistant.answering.question.verdict import (
    VerdictScale,
    VerdictScores,
    choose_verdict,
    strip_verdict,
)
from assistant.llm import Completion, Prompt
from assistant.retrieval import Evidence
from assistant.text.instructions import title_without_instructions
from assistant.text.sentence_stream import SentenceStream, without_item_marker

GenerationEvent: TypeAlias = TokenWritten | SentenceWritten | SentenceDropped


def generate_answer(
    model: ModelClient,
    completion: Completion,
    grounder: Grounder,
    *,
    verdicts: VerdictScale = (),
    max_tokens: int | None = None,
) -> Iterator[GenerationEvent]:
    """Yield the tokens of a completion, and each sentence with its citations once it is complete.

    Args:
        model: the model that writes the completion.
        completion: the completion, already started.
        grounder: cites and checks the sentences.
        verdicts: words to strip from the start of each sentence, because the verdict has already
            been written.
        max_tokens: the limit of the completion; defaults to ``settings.max_answer_tokens``.
    """
    unfinished = SentenceStream()

    for piece in completion:
        model.timer.mark_first_token()
        yield TokenWritten(piece)
        yield from ground_sentences(unfinished.feed(piece), grounder, verdicts)
    model.timer.add_usage(completion.usage)
    limit = max_tokens or model.settings.max_answer_tokens
    was_cut = completion.usage.completion_tokens >= limit
    # A sentence that was cut off by the limit may be false.
    complete = [t for t in unfinished.rest() if not was_cut or t.endswith((".", "!", "?"))]
    yield from ground_sentences(complete, grounder, verdicts)


def ground_sentences(
    texts: Sequence[str], grounder: Grounder, verdicts: VerdictScale = ()
) -> Iterator[SentenceWritten | SentenceDropped]:
    """Yield the checked form of each sentence. Items of a list are marked as listed.

    The line that announces a list is left out: the items are shown as a list without it.
    """
    for text in texts:
        sentence = without_item_marker(text)
        is_item = sentence != text
        sentence = strip_verdict(sentence, verdicts)
        if not sentence or sentence.endswith(":"):
            continue
        for event in grounder.ground(sentence):
            if is_item and isinstance(event, SentenceWritten):
                event = replace(event, sentence=replace(event.sentence, listed=True))
            yield event


def generate_verdict(
    model: ModelClient,
    question: str,
    evidence: Sequence[Evidence],
    scores: VerdictScores,
    grounder: Grounder,
) -> Iterator[GenerationEvent]:
    """Yield the verdict with the best score, then the reason for it as it is generated."""
    verdict = choose_verdict(scores, model.calibration)
    model.timer.mark_first_token()
    yield grounder.cite_best(f"{verdict.capitalize()}.")
    completion = model.start(model.prompt("reason", question, evidence, verdict=verdict))
    yield from generate_answer(model, completion, grounder, verdicts=scores.scale)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a question about one of two papers.

    Attributes:
        question: the sub-question, or the whole question if it could not be decomposed.
        prompt: the prompt that answers it.
        evidence: evidence from the paper.
    """

    question: str
    prompt: Prompt
    evidence: tuple[Evidence, ...]


def parts_of(
    model: ModelClient,
    question: str,
    evidence: Sequence[Evidence],
    sub_questions: Sequence[tuple[str, str]],
) -> list[Part]:
    """Return the parts of a question about several papers.

    When shown two papers at once, a small model attributes the statements of one to the other.
    When asked the whole question about one of them, it states what both have in common, unless its
    answer begins with the name of that paper. So each paper is asked its own sub-question if there
    is one.

    Args:
        model: renders the prompts.
        question: the whole question.
        evidence: grouped by paper.
        sub_questions: pairs of a paper id and the sub-question about that paper; may be empty.
    """
    papers = list(dict.fromkeys(one.paper for one in evidence))
    evidence_of = {paper: tuple(one for one in evidence if one.paper == paper) for paper in papers}
    sub_question_of = dict(sub_questions)
    if sub_question_of.keys() == {paper.id for paper in papers}:
        return [
            Part(
                sub_question_of[paper.id],
                model.prompt("answer", sub_question_of[paper.id], evidence_of[paper]),
                evidence_of[paper],
            )
            for paper in papers
        ]
    parts = []
    for paper, own_evidence in evidence_of.items():
        name = mentioned_name(paper, question, [other for other in papers if other != paper])
        prompt = model.prompt(
            "part", question, own_evidence, title=title_without_instructions(paper.title), name=name
        )
        parts.append(Part(question, prompt, own_evidence))
    return parts


def generate_parts(
    model: ModelClient, parts: Sequence[Part], first: Completion | None, grounder: Grounder
) -> Iterator[GenerationEvent]:
    """Yield the answer of each paper, one after the other.

    If no sentence about a paper passes its checks, the paper's best sentence is quoted.

    Args:
        model: writes the answers.
        parts: the parts of the question.
        first: the completion for the first part, if it has already been started.
        grounder: cites and checks the sentences.
    """
    completion = first
    for part in parts:
        own_grounder = grounder.for_part(part.question, part.evidence)
        has_sentence = False
        for event in generate_answer(model, completion or model.start(part.prompt), own_grounder):
            has_sentence |= isinstance(event, SentenceWritten)
            yield event
        if not has_sentence:
            yield own_grounder.quote_best()
        completion = None
