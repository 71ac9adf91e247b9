"""The plan for a question: its kind, what to search for, and the earlier turns that it needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.question.follow_up import Turn, refers_back, resolve_follow_up
from assistant.answering.question.intent import CollectionQuestion, parse_collection_question
from assistant.answering.question.kind import QuestionKind


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """How a question will be answered.

    Attributes:
        question: as asked.
        kind: which strategy answers it.
        search_text: what to search for: the question, with the earlier ones it refers to.
        history: the earlier turns that the model is shown.
        collection: what is asked of the whole collection, for a list or a comparison.
    """

    question: str
    kind: QuestionKind
    search_text: str
    history: tuple[Turn, ...] = ()
    collection: CollectionQuestion | None = None


def plan_question(
    question: str, history: Sequence[Turn], finds_papers_clearly: Callable[[str], bool]
) -> QuestionPlan:
    """Plan the answer to a question.

    Args:
        question: in plain words.
        history: the earlier turns of the conversation, oldest first.
        finds_papers_clearly: returns whether a search for a text leaves no doubt which papers are
            meant.
    """
    resolved = resolve_follow_up(question, history, finds_papers_clearly)
    # The question itself says what kind of answer it wants, whatever was asked before it.
    collection = parse_collection_question(question)
    if resolved.history and refers_back(question):
        collection = None  # "Which papers use it?" does not name what to look for in all papers
    if collection is not None and not collection.is_comparison:
        return QuestionPlan(question, "list", question, collection=collection)
    return QuestionPlan(
        question, "fact", resolved.search_text, resolved.history, collection=collection
    )
