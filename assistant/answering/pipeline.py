"""The answering pipeline: plans how to answer a question, and runs the strategy for its kind.

Design notes: docs/design/answerability.md, docs/design/broad-questions.md
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import assert_never

from assistant.answering.answer import Answer
from assistant.answering.closed import answer_closed_question
from assistant.answering.collection import answer_with_list
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent
from assistant.answering.language import (
    foreign_language,
    translate_events,
    translate_question,
)
from assistant.answering.metadata import answer_with_metadata, find_entities
from assistant.answering.overview import answer_with_overview
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.kind import QuestionKind, form_tokens, load_kind_model
from assistant.answering.question.plan import QuestionPlan, plan_fact, plan_question
from assistant.answering.results import answer_with_results
from assistant.answering.revision import answer_with_revision
from assistant.answering.smalltalk import answer_smalltalk, reply_similarity
from assistant.answering.summary import answer_with_summary
from assistant.answering.synthesis import answer_with_synthesis
from assistant.library import Scope
from assistant.retrieval import Retrieval, retrieve


def answer_question(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    """Answer a question; yield events as they occur, ending with the `Answer`.

    A question in another language is translated to English, and its answer is translated back.
    """
    language = foreign_language(question)
    if language is None:
        yield from _answer_in_english(context, question, history)
        return
    english = translate_question(context.model, question)
    events = _answer_in_english(context, english, history)
    yield from translate_events(context.model, question, language, events)


def _answer_in_english(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    embedder = context.library.embedder
    kinds = load_kind_model(embedder.name)

    @cache  # planning may already run the search that the strategy needs
    def search(text: str, is_follow_up: bool) -> Retrieval:
        return retrieve(
            context.library, text, context.settings, context.scope, is_follow_up=is_follow_up
        )

    def finds_papers_clearly(text: str) -> bool:
        found = search(text, False)
        return found.ambiguity != "ambiguous" and len(found.papers) > 1

    def classify(text: str) -> Mapping[QuestionKind, float]:
        entities = find_entities(context.library, text)
        tokens = form_tokens(text, entities.placeholders)
        state = embedder.middle_layer([text])[0] if kinds.embedder else None
        return kinds.probabilities(tokens, state)

    if "kinds" in context.settings.enabled_steps:
        plan = plan_question(
            question,
            history,
            finds_papers_clearly,
            classify,
            lambda text: reply_similarity(text, embedder),
            kinds,
        )
    else:
        plan = plan_fact(question, history, finds_papers_clearly)
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
        case "fact":
            yield from answer_closed_question(
                context, plan, search(plan.search_text, bool(plan.history))
            )
        case _:
            assert_never(plan.kind)


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
