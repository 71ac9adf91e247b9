"""Answering a follow-up on the previous answer.

The scope is limited to the papers that the previous answer named, or to those that the question
refers to by position ("the second one"). A question with a topic of its own is then answered like
any other question. A request for another form ("shorter", "in bullet points", "why?") is answered
from the papers' evidence, with the previous turn in the prompt.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.answer import AnswerSentence
from assistant.answering.closed import answer_closed_question
from assistant.answering.closed.generate import generate_answer
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.question.follow_up import Turn, refers_back
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.revision.reference import papers_named, select_by_place, states_place
from assistant.answering.summary.request import summary_form
from assistant.library import Scope
from assistant.papers import Paper
from assistant.retrieval import RankedPaper, retrieve, select_evidence

_MAX_TOKENS = 160
# Evidence sentences for another form of the answer: enough for its papers, and a short prefill.
_SENTENCES = 8


def papers_referred_to(context: AnswerContext, question: str, previous: Turn) -> list[Paper]:
    """Return the papers of the previous answer, or those that a question refers to by position."""
    named = papers_named(previous.answer, context.library.catalogue.papers_in(context.scope))
    return select_by_place(question, named)


def refers_to_listed_paper(context: AnswerContext, question: str, previous: Turn) -> bool:
    """Return whether a question refers by position to one of several papers in the last answer."""
    if not (refers_back(question) and states_place(question)):
        return False
    papers = papers_named(previous.answer, context.library.catalogue.papers_in(context.scope))
    return len(select_by_place(question, papers)) < len(papers)


def answer_with_revision(
    context: AnswerContext, plan: QuestionPlan, previous: Turn
) -> Iterator[AnswerEvent]:
    """Answer a follow-up on the previous answer; yield events, ending with the `Answer`."""
    papers = papers_referred_to(context, plan.question, previous)
    if papers:
        context = replace(context, scope=Scope(papers=tuple(paper.id for paper in papers)))
    if plan.kind == "fact" or plan.topic or not papers:
        search_text = plan.question if papers else plan.search_text
        found = retrieve(context.library, search_text, context.settings, context.scope)
        yield from answer_closed_question(context, plan, found)
        return
    yield from _another_form(context, plan, previous, papers)


def _another_form(
    context: AnswerContext, plan: QuestionPlan, previous: Turn, papers: Sequence[Paper]
) -> Iterator[AnswerEvent]:
    """Yield the events of the previous answer in another form, written from the same papers."""
    text = f"{previous.question} {plan.question}"
    evidence = select_evidence(
        context.library,
        text,
        context.library.embedder.embed_question(text),
        [(paper, 0.0) for paper in papers],
        _SENTENCES,
    )
    context.timer.mark_retrieved()
    ranked = [RankedPaper(paper, 0.0) for paper in papers]
    yield EvidenceFound(tuple(ranked), evidence)
    form = summary_form(plan.question)
    grounder = Grounder(
        plan.question,
        evidence,
        context.library.embedder,
        search_text=f"{plan.question} {previous.question} {previous.answer}",
        keep_echoes=True,
        checks=context.settings.enabled_checks,
    )
    model = context.model.with_history((previous,))
    prompt = model.prompt("summary", plan.question, evidence, points=form.sentences)
    completion = model.start(prompt, _MAX_TOKENS)
    sentences: list[AnswerSentence] = []
    for event in generate_answer(model, completion, grounder, max_tokens=_MAX_TOKENS):
        yield event
        if isinstance(event, SentenceWritten):
            is_listed = form.is_list or event.sentence.listed
            sentences.append(replace(event.sentence, listed=is_listed))
    abstained = not sentences
    if abstained:
        sentences = [AnswerSentence("The abstracts do not answer this.", (), supported=True)]
    yield context.answer(
        plan,
        sentences,
        grounder.citations,
        papers=ranked,
        evidence=evidence,
        abstained=abstained,
    )
