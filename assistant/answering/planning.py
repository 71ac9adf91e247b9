"""Planning over a library: the kind of a question, from its form and from what a search finds.

The plan for an English question needs the embedder, but no language model.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from assistant.answering.metadata import find_entities
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.kind import QuestionKind, form_tokens, load_kind_model
from assistant.answering.question.plan import QuestionPlan, plan_fact, plan_question
from assistant.answering.question.topic import find_topic
from assistant.answering.smalltalk import reply_similarity
from assistant.library import Library, Scope
from assistant.retrieval import Retrieval, retrieve
from assistant.settings import Settings

Search: TypeAlias = Callable[[str, bool], Retrieval]
"""Searches for a text; the flag says whether it includes earlier questions."""


def remembered_search(library: Library, settings: Settings, scope: Scope) -> Search:
    """Return a search that runs once for each text: the plan and the answer may need the same."""

    @cache
    def search(text: str, is_follow_up: bool) -> Retrieval:
        return retrieve(library, text, settings, scope, is_follow_up=is_follow_up)

    return search


def plan_answer(
    library: Library, settings: Settings, search: Search, question: str, history: Sequence[Turn]
) -> QuestionPlan:
    """Return the plan for the answer to a question in English.

    Args:
        library: the library; names that its records contain are recognised in the question.
        settings: without the step "kinds", every question is planned as a factual one.
        search: searches the library (see `remembered_search`).
        question: in English.
        history: the earlier turns of the conversation, oldest first.
    """
    embedder = library.embedder
    kinds = load_kind_model(embedder.name)

    def finds_papers_clearly(text: str) -> bool:
        found = search(text, False)
        return found.ambiguity != "ambiguous" and len(found.papers) > 1

    def classify(text: str) -> Mapping[QuestionKind, float]:
        entities = find_entities(library, text)
        tokens = form_tokens(text, entities.placeholders)
        state = embedder.middle_layer([text])[0] if kinds.embedder else None
        return kinds.probabilities(tokens, state)

    if "kinds" not in settings.enabled_steps:
        return plan_fact(question, history, finds_papers_clearly)
    return plan_question(
        question,
        history,
        finds_papers_clearly,
        classify,
        lambda text: reply_similarity(text, embedder),
        lambda text, kind: find_topic(text, kind, embedder),
        kinds,
    )
