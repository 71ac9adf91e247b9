"""The plan of a question: its kind decides the strategy, and the safest kind is a fact."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.answering.question.follow_up import Turn
from assistant.answering.question.kind import (
    KINDS,
    QuestionKind,
    form_tokens,
    load_kind_model,
)
from assistant.answering.question.plan import QuestionPlan, plan_question
from assistant.answering.question.topic import find_topic
from assistant.library import Embedder

EARLIER = [Turn("Which papers are on tides?", "Two papers: TideNet and MoonPull. [1] [2]")]


def near(_: str) -> float:
    """Return the cosine of a text to the nearest example of small talk, as if it were one."""
    return 1.0


def no_topic(_: str, kind: QuestionKind) -> str:
    return ""


def plan(embedder: Embedder, question: str, history: Sequence[Turn] = ()) -> QuestionPlan:
    kinds = load_kind_model(embedder.name)

    def classify(text: str) -> Mapping[QuestionKind, float]:
        return kinds.probabilities(form_tokens(text), embedder.middle_layer([text])[0])

    def topic(text: str, kind: QuestionKind) -> str:
        return find_topic(text, kind, embedder)

    return plan_question(question, history, lambda _: False, classify, near, topic, kinds)


def test_a_list_question_keeps_its_criterion(embedder: Embedder) -> None:
    planned = plan(embedder, "Which papers evaluate on CIFAR-100?")
    assert planned.kind == "list"
    assert planned.collection is not None
    assert planned.collection.criterion == "evaluate on CIFAR-100"


def test_the_criterion_has_what_restricts_the_papers(embedder: Embedder) -> None:
    planned = plan(embedder, "Which bridge papers are about sound?")
    assert planned.collection is not None
    assert planned.collection.criterion == "bridge papers are about sound"


def test_a_question_about_an_earlier_answer_is_no_small_talk(embedder: Embedder) -> None:
    assert plan(embedder, "what does the second one do?", EARLIER).kind != "smalltalk"


def test_a_number_condition_is_a_list_and_not_a_superlative(embedder: Embedder) -> None:
    planned = plan(embedder, "Which papers report an accuracy above 90 percent?")
    assert planned.kind == "list"


def test_a_bare_phrase_is_looked_up_as_a_topic(embedder: Embedder) -> None:
    planned = plan(embedder, "coral bleaching")
    assert planned.kind == "keyword"
    assert planned.topic == "coral bleaching"


def test_a_comparison_of_two_named_things_is_a_closed_question(embedder: Embedder) -> None:
    planned = plan(embedder, "Compare TideNet and MoonPull.")
    assert planned.kind == "fact"
    assert planned.collection is not None
    assert planned.collection.sides == ("TideNet", "MoonPull")


def test_a_follow_up_about_the_papers_before_is_a_closed_question(embedder: Embedder) -> None:
    planned = plan(embedder, "Which papers use it?", EARLIER)
    assert planned.kind == "fact"
    assert planned.history


def test_without_an_earlier_answer_nothing_is_revised(embedder: Embedder) -> None:
    kinds = load_kind_model(embedder.name)
    probabilities: dict[QuestionKind, float] = dict.fromkeys(KINDS, 0.0)
    probabilities |= {"revision": 0.9, "fact": 0.1}
    planned = plan_question(
        "shorter", (), lambda _: False, lambda _: probabilities, near, no_topic, kinds
    )
    assert planned.kind == "fact"


@pytest.mark.parametrize("remark", ["hi", "thanks", "what can you do?"])
def test_small_talk_is_not_searched_for(embedder: Embedder, remark: str) -> None:
    kinds = load_kind_model(embedder.name)

    def classify(text: str) -> Mapping[QuestionKind, float]:
        return kinds.probabilities(form_tokens(text), embedder.middle_layer([text])[0])

    def search(text: str) -> bool:
        raise AssertionError(f"searched for {text!r}")

    assert (
        plan_question(remark, EARLIER, search, classify, near, no_topic, kinds).kind == "smalltalk"
    )
