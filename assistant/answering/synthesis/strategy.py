"""Answering a question that needs several papers: check candidates, map, group, write a lead.

1. Candidates are the papers similar to the question. The model scores the relevance of each.
2. Map: of each of the best papers, the model writes one sentence on what it contributes to the
   question. The sentence is checked against that paper alone.
3. Reduce: the sentences are grouped by their vectors, the model writes a heading for each group,
   and a lead names the groups.

The sentences are yielded in the order in which they are written; the `Answer` has them grouped.
The further papers that belong are folded behind "show all", each with a quote.

Design notes: docs/design/broad-questions.md
"""

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
from assistant.answering.collection.listing import in_quotation_marks
from assistant.answering.context import AnswerContext
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.synthesis.groups import Group, group_papers
from assistant.answering.synthesis.headings import write_headings
from assistant.answering.synthesis.relevance import PaperFeatures, score_relevance
from assistant.llm import ANSWERS_AT_ONCE, Completion
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.titles import short_title

# The papers that get a sentence of their own. More would exceed the length that people read.
_MAX_PAPERS = 8
# The probability from which a paper is drawn in, at which its F1 on held-out questions is best.
# `assistant eval calibrate --questions broad` prints it.
_MIN_PROBABILITY = 0.25
# A sentence of 30 words, the most that contribution.jinja asks for, has 40 to 60 tokens.
_SENTENCE_TOKENS = 70


def answer_with_synthesis(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer a question from several papers; yield events, and last the `Answer`."""
    question = _question_to_a_paper(plan)
    candidates: list[PaperFeatures] = []
    for step in score_relevance(
        context.library, context.model, question, plan.topic, context.scope
    ):
        if isinstance(step, PapersChecked):
            if step.done == 0:
                context.timer.retrieved()
            yield step
        else:
            candidates = step
    probe = context.model.calibration.relevance_probe
    scored = [(one.probability(probe), one.evidence) for one in candidates]
    scored.sort(key=lambda pair: -pair[0])
    ranked = tuple(RankedPaper(evidence[0].paper, share) for share, evidence in scored)
    relevant = [(share, evidence) for share, evidence in scored if share >= _MIN_PROBABILITY]
    if not relevant:
        yield _abstention(context, plan, ranked)
        return
    ranked = ranked[: len(relevant)]
    chosen, further = relevant[:_MAX_PAPERS], relevant[_MAX_PAPERS:]
    evidence = [own for _, own in chosen]
    yield EvidenceFound(ranked, tuple(one for own in evidence for one in own))
    grounder = Grounder(
        question, (), context.library.embedder, search_text=plan.search_text, keep_echoes=True
    )
    contributions: list[AnswerSentence] = []
    papers: list[Paper] = []
    for paper, event in _contributions(context.model, question, evidence, grounder):
        yield event
        if isinstance(event, SentenceWritten):
            contributions.append(event.sentence)
            papers.append(paper)
    texts = [one.text for one in contributions]
    groups = group_papers(papers, texts, context.library.embedder)
    groups = write_headings(context.model, question, groups, texts, papers)
    folded = [
        AnswerSentence(
            f"{short_title(best.paper.title)}: {in_quotation_marks(best.text)}",
            (grounder.cite(best),),
            supported=True,
            listed=True,
            group="Further papers",
            folded=True,
        )
        for best in (max(own, key=lambda one: one.score) for _, own in further)
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
        certainty=sum(share for share, _ in chosen) / len(chosen),
    )


def _contributions(
    model: ModelClient,
    question: str,
    evidence: Sequence[Sequence[Evidence]],
    grounder: Grounder,
) -> Iterator[tuple[Paper, GenerationEvent]]:
    """Yield the events of one sentence for each paper; several are generated in one batch.

    A sentence that fails its checks is replaced by a quotation of the paper's best sentence.
    """
    for start in range(0, len(evidence), ANSWERS_AT_ONCE):
        batch = evidence[start : start + ANSWERS_AT_ONCE]
        started = [_start(model, question, own) for own in batch]
        for own, completion in zip(batch, started, strict=True):
            paper = own[0].paper
            own_grounder = grounder.for_part(question, own)
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


def _start(model: ModelClient, question: str, own: Sequence[Evidence]) -> Completion:
    return model.start(model.prompt("contribution", question, own), _SENTENCE_TOKENS)


def _question_to_a_paper(plan: QuestionPlan) -> str:
    """Return what is asked of each paper.

    A request such as "Give me a survey of the papers on tides" is none to a single paper: the model
    would write that the paper surveys the others.
    """
    if plan.kind == "synthesis" and plan.question.rstrip().endswith("?"):
        return plan.question
    return f"What is proposed or found about {plan.topic}?"


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
        *first, last = map(_lower_first, headings)
        text = f"{count} this, in {len(headings)} groups: {'; '.join(first)}; and {last}."
    else:
        text = f"{count} this."
    if further:
        text = f"{text[:-1]} ({further} more below)."
    return AnswerSentence(text, (), supported=True)


def _lower_first(heading: str) -> str:
    """Return a heading for the middle of a sentence; names and abbreviations stay as they are."""
    is_name = any(char.isupper() for char in heading.split()[0][1:])
    return heading if is_name else heading[:1].lower() + heading[1:]


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
