"""Example questions."""

import pytest

from assistant.chat.conversation.examples import (
    SAMPLE_EXAMPLES,
    example_questions,
    related_questions,
    scope_questions,
)
from assistant.papers import Paper, sample_papers

_DOUGH = Paper(title="Dough", abstract="Dough rises. It falls.", year=2021)
_BREAD = Paper(title="Bread", abstract="Bread is baked. It is sold.")


def test_there_is_an_example_of_each_kind() -> None:
    assert [one.kind for one in SAMPLE_EXAMPLES] == [
        "A fact",
        "A list",
        "A comparison",
        "An overview",
    ]
    assert [one.question for one in example_questions([_BREAD, _DOUGH], 7)] == [
        "What does “Bread” propose?",
        "Which papers are from 2021?",
        "Compare “Bread” and “Dough”.",
        "What are the main themes of these papers?",
    ]


def test_there_are_only_examples_that_the_papers_answer() -> None:
    assert [one.question for one in example_questions([_BREAD], 1)] == [
        "What does “Bread” propose?"
    ]
    assert example_questions([], 0) == []


@pytest.mark.parametrize("name", ["Self-Lengthen", "AccelAT", "EfficientTrain"])
def test_sample_papers_have_the_names_of_the_examples(name: str) -> None:
    assert any(name in paper.text for paper in sample_papers())


def test_questions_for_chosen_papers_depend_on_their_number() -> None:
    assert "Summarise this paper" in scope_questions(1)
    assert "Compare the two papers" in scope_questions(2)
    assert "Compare these papers" in scope_questions(3)
    assert scope_questions(80) == ["What are the main themes?"]
    assert scope_questions(0) == []


def test_related_questions_name_the_cited_papers() -> None:
    assert related_questions([]) == []
    assert related_questions([_DOUGH])[0] == "Summarise “Dough”"
    assert related_questions([_DOUGH, _BREAD])[0] == "Compare “Dough” and “Bread”"
