"""Answering a question that needs several papers: check candidates, map, group, write a lead.

1. Candidates are the papers similar to the question. The model scores the relevance of each.
2. Map: of each of the best papers, the model writes one sentence on what it contributes to the
   question. The sentence is checked against that paper alone.
3. Reduce: the sentences are grouped by their vectors, the model writes a heading for each group,
   and the lead: a sentence that answers the question, and one that names the groups.

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
    SentenceWritten,
)
from assistant.answering.collection.listing import in_quotation_marks
from assistant.answering.context import AnswerContext
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.synthesis.contributions import write_contributions
from assistant.answering.synthesis.groups import Group, group_papers
from assistant.answering.synthesis.headings import write_headings
from assistant.answering.synthesis.lead import composed_lead, finish_lead, start_lead
from assistant.answering.synthesis.relevance import PaperFeatures, score_relevance
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.titles import short_title

# The papers that get a sentence of their own. More would exceed the length that people read.
_MAX_PAPERS = 8
# The probability from which a paper is drawn in, at which its F1 on held-out questions is best.
# `assistant eval calibrate --questions broad` prints it.
_MIN_PROBABILITY = 0.25


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
    all_evidence = tuple(one for own in evidence for one in own)
    yield EvidenceFound(ranked, all_evidence)
    grounder = Grounder(
        question, (), context.library.embedder, search_text=plan.search_text, keep_echoes=True
    )
    contributions: list[AnswerSentence] = []
    papers: list[Paper] = []
    for paper, event in write_contributions(context.model, question, evidence, grounder):
        yield event
        if isinstance(event, SentenceWritten):
            contributions.append(event.sentence)
            papers.append(paper)
    texts = [one.text for one in contributions]
    groups = group_papers(papers, texts, context.library.embedder)
    # Few sentences are read as quickly as one about them.
    lead = start_lead(context.model, question, texts) if len(groups) > 1 else None
    groups = write_headings(context.model, question, groups, texts, papers)
    answered = finish_lead(context.model, question, lead, all_evidence, grounder) if lead else []
    yield context.answer(
        plan,
        [
            *answered,
            composed_lead(groups, len(contributions), len(further)),
            *_grouped(groups, contributions),
            *_folded([evidence for _, evidence in further], grounder),
        ],
        grounder.citations,
        papers=ranked,
        certainty=sum(share for share, _ in chosen) / len(chosen),
    )


def _question_to_a_paper(plan: QuestionPlan) -> str:
    """Return what is asked of each paper.

    A request such as "Give me a survey of the papers on tides" is none to a single paper: the model
    would write that the paper surveys the others.
    """
    if plan.kind == "synthesis" and plan.question.rstrip().endswith("?"):
        return plan.question
    return f"What is proposed or found about {plan.topic}?"


def _folded(further: Sequence[Sequence[Evidence]], grounder: Grounder) -> list[AnswerSentence]:
    """Return an entry for each further paper: its best sentence."""
    return [
        AnswerSentence(
            f"{short_title(best.paper.title)}: {in_quotation_marks(best.text)}",
            (grounder.cite(best),),
            supported=True,
            listed=True,
            group="Further papers",
            folded=True,
        )
        for best in (max(own, key=lambda one: one.score) for own in further)
    ]


def _grouped(
    groups: Sequence[Group], contributions: Sequence[AnswerSentence]
) -> list[AnswerSentence]:
    """Return the sentences in the order of their groups, as list entries under their headings."""
    return [
        replace(contributions[member], listed=True, group=group.heading)
        for group in groups
        for member in group.members
    ]


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
