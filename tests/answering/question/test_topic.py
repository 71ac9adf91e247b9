"""What a question is about."""

import pytest

from assistant.answering.question.kind import QuestionKind
from assistant.answering.question.topic import find_topic, load_topic_model, words_of
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
