"""What a question is about."""

import pytest

from assistant.answering.question.kind import QuestionKind, load_kind_model
from assistant.answering.question.topic import (
    find_topic,
    load_topic_model,
    topic_by_word_list,
    words_of,
)
from assistant.library import Embedder


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("What approaches are there against coral bleaching?", "synthesis", "coral bleaching"),
        ("Do any of these look at energy use?", "list", "energy use"),
        ("how many papers concern urban foxes, please", "list", "urban foxes"),
        ("Any studies on whether buses bunch?", "list", "buses bunch"),
        ("Give me an overview of river deltas in these papers.", "overview", "river deltas"),
        ("What are the main topics in my library?", "overview", ""),
        ("Could you group the papers into themes for me, please?", "overview", ""),
    ],
)
def test_topic_is_what_the_papers_should_be_about(
    embedder: Embedder, question: str, kind: QuestionKind, topic: str
) -> None:
    assert find_topic(question, kind, embedder) == topic


def test_bare_phrase_is_a_topic_as_it_is(embedder: Embedder) -> None:
    assert find_topic("continued pretraining", "keyword", embedder) == "continued pretraining"


def test_question_longer_than_the_window_has_a_topic(embedder: Embedder) -> None:
    question = "Which papers are about coral bleaching? " + "Thanks in advance! " * 300
    assert "coral bleaching" in find_topic(question, "list", embedder)


def test_empty_question_has_no_topic(embedder: Embedder) -> None:
    model = load_topic_model(embedder.name)
    assert model is not None
    assert words_of(" ") == []
    assert find_topic(" ", "list", embedder) == ""


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("What are the main topics in my library?", "overview", ""),
        ("What areas of research does my collection cover?", "overview", ""),
        ("Give me an overview of river deltas in these papers.", "overview", "river deltas"),
        ("What approaches are there against coral bleaching?", "synthesis", "coral bleaching"),
        ("Give me a summary of the paper on river deltas.", "summary", "river deltas"),
        ("Do the papers say that it works better?", "synthesis", "works better"),
        ("What do the papers say?", "synthesis", ""),
    ],
)
def test_topic_by_word_list_is_the_part_of_a_question_that_is_not_its_form(
    embedder: Embedder, question: str, kind: QuestionKind, topic: str
) -> None:
    assert topic_by_word_list(question, kind, load_kind_model(embedder.name)) == topic
