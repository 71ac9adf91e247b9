"""What a written question must have to be part of a question set."""

import pytest

from assistant.evaluation.generation.filters import (
    gives_away,
    is_covered,
    is_self_contained,
    question_in,
)


@pytest.mark.parametrize(
    ("written", "question"),
    [
        ("How many loaves does DoughNet bake?", "How many loaves does DoughNet bake?"),
        ('Question: "How many\n loaves rise?"\n', "How many loaves rise?"),
        ("It bakes 14 loaves.", ""),
        ("How many loaves? And of what?", ""),
        ("DoughNet bakes. How many loaves?", ""),
        ("", ""),
    ],
)
def test_only_one_question_and_nothing_else_is_taken(written: str, question: str) -> None:
    assert question_in(written) == question


@pytest.mark.parametrize(
    "question",
    [
        "How many?",
        "How many loaves does the paper bake in an oven?",
        "What did the present study find about rye bread?",
        "Which oven do the authors use for rye bread?",
    ],
)
def test_question_that_needs_the_paper_at_hand_is_not_self_contained(question: str) -> None:
    assert not is_self_contained(question)
    assert is_self_contained("How many loaves does DoughNet bake in a day?")


def test_answer_inside_the_question_gives_it_away_but_not_inside_a_longer_number() -> None:
    assert gives_away("Does DoughNet bake 14 loaves?", "14")
    assert not gives_away("Does DoughNet bake 140 loaves?", "14")


def test_question_is_covered_if_one_sentence_has_its_words() -> None:
    abstract = "DoughNet bakes rye loaves in a stone oven. It costs little."
    assert is_covered("In which oven does DoughNet bake rye loaves?", abstract)
    assert not is_covered("How long does the patent on DoughNet last?", abstract)
