"""The answering pipeline: plans how to answer a question, and runs the strategy for its kind.

Design notes: docs/design/answerability.md, docs/design/broad-questions.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from assistant.answering.answer import Answer
from assistant.answering.closed import answer_closed_question
from assistant.answering.collection import answer_with_list
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent
from assistant.answering.language import in_english, translate_events
from assistant.answering.metadata import answer_with_metadata
from assistant.answering.overview import answer_with_overview
from assistant.answering.planning import (
    Search,
    plan_about_earlier_papers,
    plan_answer,
    remembered_search,
)
from assistant.answering.question.earlier_papers import about_the_papers
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.results import answer_with_results
from assistant.answering.revision import (
    answer_with_revision,
    papers_referred_to,
    refers_to_listed_paper,
)
from assistant.answering.smalltalk import answer_smalltalk
from assistant.answering.summary import answer_with_summary
from assistant.answering.synthesis import answer_with_synthesis
from assistant.library import Scope
from assistant.retrieval import correct_spelling, retrieve


def answer_question(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    """Answer a question; yield events as they occur, ending with the `Answer`.

    A question in another language is translated to English, and its answer is translated back.
    """
    english, language = in_english(question, lambda: context.model)
    events = _answer_corrected(context, english, history)
    if language is None:
        yield from events
    else:
        yield from translate_events(context.model, question, language, events)


def _answer_corrected(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    """Answer a question, and those before it, without their typing errors."""
    if "spelling" not in context.settings.enabled_steps:
        yield from _answer_in_english(context, question, history)
        return
    corrected = correct_spelling(context.library, question)
    earlier = [
        replace(turn, question=correct_spelling(context.library, turn.question).text)
        for turn in history
    ]
    for event in _answer_in_english(context, corrected.text, earlier):
        if isinstance(event, Answer):
            yield replace(event, question=question, corrections=corrected.corrections)
        else:
            yield event


def _answer_in_english(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    search = remembered_search(context.library, context.settings, context.scope)
    if history and (events := _about_earlier_papers(context, search, question, history[-1])):
        for event in events:
            yield replace(event, question=question) if isinstance(event, Answer) else event
        return
    plan = plan_answer(context.library, context.settings, search, question, history)
    match plan.kind:
        case "smalltalk":
            yield from answer_smalltalk(context, plan)
        case "list" | "keyword":
            yield from answer_with_list(context, plan)
        case "overview" if not plan.topic:
            yield from answer_with_overview(context, plan)
        case "superlative":
            yield from answer_with_results(context, plan)
        case "metadata":
            yield from answer_with_metadata(context, plan, partial(_answer_content, context))
        case "revision":
            yield from answer_with_revision(context, plan, history[-1])
        case "synthesis":
            yield from answer_with_synthesis(context, plan)
        case "overview":
            yield from _overview_of_topic(context, plan)
        case "summary":
            yield from answer_with_summary(
                context, plan, search(plan.search_text, bool(plan.history))
            )
        case "fact" if history and refers_to_listed_paper(context, question, history[-1]):
            yield from answer_with_revision(context, plan, history[-1])
        case "fact":
            yield from answer_closed_question(
                context, plan, search(plan.search_text, bool(plan.history))
            )
        case _:
            assert_never(plan.kind)


def _about_earlier_papers(
    context: AnswerContext, search: Search, question: str, previous: Turn
) -> Iterator[AnswerEvent] | None:
    """Answer a follow-up that asks for some of the papers of the previous answer, or of them.

    Returns:
        The events; None for other follow-ups.
    """
    if about_the_papers(question) is None:
        return None
    papers = papers_referred_to(context, question, previous)
    plan = plan_about_earlier_papers(
        context.library, context.settings, search, question, len(papers)
    )
    if plan is None:
        return None
    context = replace(context, scope=Scope(papers=tuple(paper.id for paper in papers)))
    match plan.kind:
        case "list":
            return answer_with_list(context, plan, check_all=True)
        case "metadata":
            return answer_with_metadata(context, plan, partial(_answer_content, context))
        case _:
            return _results_of_earlier_papers(context, plan, previous)


def _results_of_earlier_papers(
    context: AnswerContext, plan: QuestionPlan, previous: Turn
) -> Iterator[AnswerEvent]:
    """Answer with the numbers of earlier papers, or from their sentences if none fits."""
    for event in answer_with_results(context, plan):
        if isinstance(event, Answer) and event.abstained:
            yield from answer_with_revision(context, replace(plan, kind="fact"), previous)
        else:
            yield event


def _overview_of_topic(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer with a synthesis, or with an overview of all papers if none is about the topic."""
    for event in answer_with_synthesis(context, plan):
        if isinstance(event, Answer) and event.abstained:
            yield from answer_with_overview(context, plan, missing=plan.topic)
        else:
            yield event


def _answer_content(
    context: AnswerContext, plan: QuestionPlan, scope: Scope
) -> Iterator[AnswerEvent]:
    """Answer a question from the abstracts of the papers in a scope."""
    context = replace(context, scope=scope)
    found = retrieve(context.library, plan.search_text, context.settings, scope)
    if plan.kind == "summary":
        return answer_with_summary(context, plan, found)
    return answer_closed_question(context, plan, found)
