"""Planning over a library: the kind of a question, from its form and from what a search finds.

The plan for an English question needs the embedder, but no language model.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from assistant.answering.metadata import find_entities
from assistant.answering.question.collection_question import parse_collection_question
from assistant.answering.question.earlier_papers import about_the_papers
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


def plan_about_earlier_papers(
    library: Library, settings: Settings, search: Search, question: str, papers: int
) -> QuestionPlan | None:
    """Return the plan for a follow-up that is a question of its own about earlier papers.

    "Which of those needs no training?" is a list, and "which of them is the newest?" a question
    about records.

    Args:
        library: the library.
        settings: the settings, for the enabled steps.
        search: searches the library.
        question: in English.
        papers: how many papers of the previous answer it refers to.

    Returns:
        The plan, to be carried out on these papers alone; None for other follow-ups.
    """
    rewritten = about_the_papers(question)
    if rewritten is None or not papers or "kinds" not in settings.enabled_steps:
        return None
    plan = plan_answer(library, settings, search, rewritten, ())
    if plan.kind == "metadata":
        return plan
    if papers == 1:
        return None
    collection = parse_collection_question(rewritten)
    if collection is not None and plan.kind in ("list", "keyword", "synthesis", "overview"):
        # The whole criterion counts: the topic of "needs no training" is "training".
        criterion = collection.raw_criterion.strip()
        return replace(
            plan, kind="list", collection=replace(collection, criterion=criterion), topic=criterion
        )
    return plan if plan.kind == "superlative" else None
