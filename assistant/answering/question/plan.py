"""The plan for a question: its kind, what to search for, and the earlier turns that it needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.question.collection_question import (
    CollectionQuestion,
    parse_collection_question,
)
from assistant.answering.question.follow_up import (
    ResolvedQuestion,
    Turn,
    refers_back,
    resolve_follow_up,
)
from assistant.answering.question.kind import KindModel, QuestionKind
from assistant.answering.question.number_filter import parse_number_condition

# A question whose form asks for papers is answered with a list, unless the classifier's probability
# that it asks for metadata or an overview is at least this (docs/design/broad-questions.md).
_MIN_PROBABILITY_AGAINST_FORM = 0.65


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """How a question will be answered.

    Attributes:
        question: as asked.
        kind: which strategy answers it.
        search_text: what to search for: the question, with the earlier ones it refers to.
        history: the earlier turns to include in the prompt.
        topic: what the question is about, such as "continual learning"; may be empty.
        collection: what to look for in the whole collection, for a list or a comparison; else None.
    """

    question: str
    kind: QuestionKind
    search_text: str
    history: tuple[Turn, ...] = ()
    topic: str = ""
    collection: CollectionQuestion | None = None


def plan_question(
    question: str,
    history: Sequence[Turn],
    finds_papers_clearly: Callable[[str], bool],
    classify: Callable[[str], Mapping[QuestionKind, float]],
    reply_similarity: Callable[[str], float],
    find_topic: Callable[[str, QuestionKind], str],
    kinds: KindModel,
) -> QuestionPlan:
    """Plan the answer to a question.

    Args:
        question: in plain words.
        history: the earlier turns of the conversation, oldest first.
        finds_papers_clearly: returns whether a search for a text clearly finds the papers that it
            is about.
        classify: returns the probability of each kind.
        reply_similarity: returns the cosine of a text to the nearest example of small talk.
        find_topic: returns the topic of a question of a kind.
        kinds: the classifier, for its thresholds.
    """
    probabilities = dict(classify(question))
    if not history:  # there is nothing to revise
        revision = probabilities.pop("revision", 0.0)
        probabilities = {
            one: value / max(1e-9, 1 - revision) for one, value in probabilities.items()
        }
    elif refers_back(question) and question.rstrip().endswith("?"):
        probabilities.pop("smalltalk", None)  # "What does the second one do?"
    kind = kinds.choose(
        probabilities,
        is_ambiguous=lambda: not finds_papers_clearly(question),
        reply_similarity=lambda: reply_similarity(question),
    )
    if kind == "smalltalk":
        return QuestionPlan(question, kind, question)
    resolved = resolve_follow_up(question, history, finds_papers_clearly)
    if kind == "revision":
        topic = find_topic(question, kind)
        return QuestionPlan(
            question, kind, resolved.search_text, resolved.history or (history[-1],), topic
        )
    # What a question asks of the collection is parsed from the question alone, without the history.
    collection = parse_collection_question(question)
    if resolved.history and refers_back(question):
        # "Which papers use it?" does not say what to look for in all papers.
        return _fact_plan(question, resolved, None)
    if collection is not None and collection.is_comparison:
        return _fact_plan(question, resolved, collection)
    if kind == "superlative" and parse_number_condition(question):
        kind = "list"  # "Which papers report over 90 % accuracy?" is a filter, not a ranking
    if kind == "fact" and collection is not None:
        # The form asks for papers, so they are either listed or synthesised.
        kind = "synthesis" if probabilities["synthesis"] > probabilities["list"] else "list"
    if kind in ("metadata", "overview") and collection is not None:
        # "Which papers use PPO?" has the same form as "Which papers are by Chen?".
        kind = kind if probabilities[kind] >= _MIN_PROBABILITY_AGAINST_FORM else "list"
    topic = find_topic(question, kind)
    if kind == "list" and collection is not None:
        if collection.criterion in topic:
            # "Which bridge papers are about sound?": the parser left out "bridge".
            collection = replace(collection, criterion=topic)
        return QuestionPlan(question, "list", question, topic=topic, collection=collection)
    if kind in ("list", "keyword"):
        collection = CollectionQuestion(question, topic)
        if topic:
            return QuestionPlan(question, kind, question, topic=topic, collection=collection)
    if kind == "synthesis" and not topic:
        kind = "overview"  # "What do the papers say?" is about all of them
    if kind in ("overview", "summary", "superlative", "metadata", "synthesis"):
        return QuestionPlan(question, kind, resolved.search_text, resolved.history, topic=topic)
    return _fact_plan(question, resolved, None)


def plan_fact(
    question: str, history: Sequence[Turn], finds_papers_clearly: Callable[[str], bool]
) -> QuestionPlan:
    """Plan the answer to a question as a factual one, without classifying it."""
    return _fact_plan(question, resolve_follow_up(question, history, finds_papers_clearly), None)


def _fact_plan(
    question: str, resolved: ResolvedQuestion, collection: CollectionQuestion | None
) -> QuestionPlan:
    return QuestionPlan(
        question, "fact", resolved.search_text, resolved.history, collection=collection
    )
