"""Answering a question that needs several papers: check candidates, map, group, write a lead.

1. Candidates are the papers similar to the question's topic. The model checks whether each belongs.
2. Map: of each of the best papers, the model writes one sentence on what it contributes to the
   question. The sentence is checked against that paper alone.
3. Reduce: the sentences are grouped by their vectors, and a lead names the groups.

The sentences are yielded in the order in which they are written; the `Answer` has them grouped.
The further papers that belong are folded behind "show all", each with a quote.

Design notes: docs/design/broad-questions.md
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.answer import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
)
from assistant.answering.closed.generate import GenerationEvent, generate_answer
from assistant.answering.collection.listing import Match, in_quotation_marks
from assistant.answering.collection.strategy import membership_check
from assistant.answering.collection.topic_filter import check_candidates, find_candidates
from assistant.answering.context import AnswerContext
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.synthesis.groups import Group, group_papers
from assistant.llm import ANSWERS_AT_ONCE, Completion
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper, select_evidence
from assistant.text.titles import short_title

# The papers that get a sentence of their own. More would exceed the length that people read.
_MAX_PAPERS = 8
_MAX_CANDIDATES = 24
# A sentence of 25 words has 35 to 50 tokens.
_SENTENCE_TOKENS = 70


def answer_with_synthesis(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer a question from several papers; yield events, and last the `Answer`."""
    candidates = find_candidates(context.library, plan.topic, scope=context.scope)
    candidates = candidates[:_MAX_CANDIDATES]
    context.timer.retrieved()
    matches: list[Match] = []
    checked = 0
    yield PapersChecked(0, len(candidates), 0)
    check = membership_check(context.model, plan.topic)
    for count, found in check_candidates(context.library, plan.topic, candidates, check):
        checked += count
        matches += found
        yield PapersChecked(checked, len(candidates), len(matches))
        if len(matches) >= _MAX_PAPERS:
            break
    matches.sort(key=lambda match: -match.probability)
    ranked = tuple(RankedPaper(match.paper, match.probability) for match in matches)
    if not matches:
        yield _abstention(context, plan, tuple(RankedPaper(one.paper, 0.0) for one in candidates))
        return
    chosen, further = matches[:_MAX_PAPERS], matches[_MAX_PAPERS:]
    evidence = [_sentences_of(context, plan, match.paper) for match in chosen]
    yield EvidenceFound(ranked, tuple(one for own in evidence for one in own))
    grounder = Grounder(
        plan.question, (), context.library.embedder, search_text=plan.search_text, keep_echoes=True
    )
    contributions: list[AnswerSentence] = []
    papers: list[Paper] = []
    for paper, event in _contributions(context.model, plan, evidence, grounder):
        yield event
        if isinstance(event, SentenceWritten):
            contributions.append(event.sentence)
            papers.append(paper)
    groups = group_papers(papers, [one.text for one in contributions], context.library.embedder)
    folded = [
        AnswerSentence(
            f"{short_title(match.paper.title)}: {in_quotation_marks(match.evidence.text)}",
            (grounder.cite(match.evidence),),
            supported=True,
            listed=True,
            group="Further papers",
            folded=True,
        )
        for match in further
    ]
    yield context.answer(
        plan,
        [
            _lead(groups, len(contributions), len(further)),
            *_grouped(groups, contributions),
            *folded,
        ],
        grounder.citations,
        papers=ranked,
        certainty=sum(match.probability for match in chosen) / len(chosen),
    )


def _sentences_of(context: AnswerContext, plan: QuestionPlan, paper: Paper) -> tuple[Evidence, ...]:
    """Return all sentences of a paper, scored for the question."""
    vector = context.library.embedder.embed_question(plan.topic)
    return select_evidence(context.library, plan.topic, vector, [(paper, 0.0)], sys.maxsize)


def _contributions(
    model: ModelClient,
    plan: QuestionPlan,
    evidence: Sequence[Sequence[Evidence]],
    grounder: Grounder,
) -> Iterator[tuple[Paper, GenerationEvent]]:
    """Yield the events of one sentence for each paper; several are generated in one batch.

    A sentence that fails its checks is replaced by a quotation of the paper's best sentence.
    """
    for start in range(0, len(evidence), ANSWERS_AT_ONCE):
        batch = evidence[start : start + ANSWERS_AT_ONCE]
        started = [_start(model, plan, own) for own in batch]
        for own, completion in zip(batch, started, strict=True):
            paper = own[0].paper
            own_grounder = grounder.for_part(plan.question, own)
            has_sentence = False
            for event in generate_answer(
                model, completion, own_grounder, max_tokens=_SENTENCE_TOKENS
            ):
                if has_sentence and isinstance(event, SentenceWritten | SentenceDropped):
                    continue  # the model wrote more than the one sentence it was asked for
                has_sentence |= isinstance(event, SentenceWritten)
                yield paper, event
            if not has_sentence:
                yield paper, own_grounder.quote(max(own, key=lambda one: one.score))


def _start(model: ModelClient, plan: QuestionPlan, own: Sequence[Evidence]) -> Completion:
    return model.start(model.prompt("contribution", plan.question, own), _SENTENCE_TOKENS)


def _grouped(
    groups: Sequence[Group], contributions: Sequence[AnswerSentence]
) -> list[AnswerSentence]:
    """Return the sentences in the order of their groups, as list entries under their headings."""
    return [
        replace(contributions[member], listed=True, group=group.heading)
        for group in groups
        for member in group.members
    ]


def _lead(groups: Sequence[Group], papers: int, further: int) -> AnswerSentence:
    """Return the first sentence, which says how many papers there are and names the groups."""
    count = "One paper addresses" if papers == 1 else f"{papers} papers address"
    headings = [group.heading for group in groups if group.heading]
    if headings:
        *first, last = (heading[:1].lower() + heading[1:] for heading in headings)
        text = f"{count} this, in {len(headings)} groups: {'; '.join(first)}; and {last}."
    else:
        text = f"{count} this."
    if further:
        text = f"{text[:-1]} ({further} more below)."
    return AnswerSentence(text, (), supported=True)


def _abstention(
    context: AnswerContext, plan: QuestionPlan, ranked: Sequence[RankedPaper]
) -> Answer:
    return context.answer(
        plan,
        [AnswerSentence("The abstracts do not answer this.", (), supported=True)],
        (),
        papers=ranked,
        abstained=True,
    )
