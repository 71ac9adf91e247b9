"""Echoes, disclaimers and missing numbers."""

import pytest

from assistant.answering.grounding.non_answers import (
    is_disclaimer,
    is_echo,
    lacks_requested_number,
)

QUESTION = "Which oven do the bakers of DoughNet use for rye bread?"


@pytest.mark.parametrize(
    "text",
    [
        "The bakers of DoughNet use a stone oven.",
        "They bake rye bread at 240 degrees.",
        "Rye is not baked, it is steamed.",
    ],
)
def test_sentence_that_adds_to_the_question_is_no_echo(text: str) -> None:
    assert not is_echo(text, QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "The bakers of DoughNet use an oven for rye bread.",
        "DoughNet uses the oven of the bakers.",
        "The bakers use three different ovens.",
    ],
)
def test_sentence_that_only_restates_the_question_is_an_echo(text: str) -> None:
    assert is_echo(text, QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "The excerpts do not mention which oven is used.",
        "The oven isn't specified in the text.",
        "The authors do not provide specific information about ovens.",
        "There is no information about the oven.",
        "The type of oven has not been explicitly stated in the abstract.",
    ],
)
def test_disclaimer_says_that_the_abstracts_do_not_answer(text: str) -> None:
    assert is_disclaimer(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dough does not rise in a cold oven.",
        "DoughNet is not given the temperature, it predicts it.",
        "The authors state that no yeast is needed.",
        "The text of the recipe is read by a small model.",
        "Freezing the dough causes no information loss.",
        "The data set does not contain texts from bakeries.",
    ],
)
def test_negated_finding_is_not_a_disclaimer(text: str) -> None:
    assert not is_disclaimer(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Which oven is used for rye: a stone oven or a gas oven?",
            "A stone oven is used for rye.",
        ),
        ("Which is faster, DoughNet or BreadNet?", "DoughNet is faster than BreadNet."),
    ],
)
def test_picking_an_alternative_of_the_question_is_no_echo(question: str, text: str) -> None:
    assert not is_echo(text, question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many loaves does DoughNet bake?", "DoughNet bakes rye and wheat."),
        ("How many of the 200 loaves rise?", "Of the 200 loaves most rise."),
        ("What share of the loaves rises?", "A large share of the loaves rises in the oven."),
    ],
)
def test_sentence_without_number_lacks_the_requested_number(question: str, text: str) -> None:
    assert lacks_requested_number(text, question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many loaves does DoughNet bake?", "It bakes 40 loaves."),
        ("How many loaves does DoughNet bake?", "It bakes twelve."),
        ("How many ovens are needed?", "One oven is needed."),
        ("How many kinds of bread does it bake?", "It bakes rye, wheat and oats."),
        ("How many loaves does it bake, and why?", "It bakes them for the poor."),
        ("Which loaves does it bake?", "It bakes rye."),
    ],
)
def test_number_in_any_form_or_question_for_more_than_a_number_lacks_none(
    question: str, text: str
) -> None:
    assert not lacks_requested_number(text, question)


def test_count_is_no_echo_only_if_the_question_asks_how_many() -> None:
    assert not is_echo("They use three ovens.", "How many ovens do they use?")
    assert is_echo("They use three ovens.", "Which ovens do they use?")
