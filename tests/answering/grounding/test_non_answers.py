"""Whether a written sentence says anything."""

import pytest

from assistant.answering.grounding.non_answers import is_excuse, lacks_number, says_something

QUESTION = "Which oven do the bakers of DoughNet use for rye bread?"


@pytest.mark.parametrize(
    "text",
    [
        "The bakers of DoughNet use a stone oven.",
        "They bake rye bread at 240 degrees.",
        "Rye is not baked, it is steamed.",
    ],
)
def test_a_sentence_with_more_than_the_question_says_something(text: str) -> None:
    assert says_something(text, QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "The bakers of DoughNet use an oven for rye bread.",
        "DoughNet uses the oven of the bakers.",
        "The bakers use three different ovens.",
    ],
)
def test_an_echo_of_the_question_says_nothing(text: str) -> None:
    assert not says_something(text, QUESTION)


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
def test_an_excuse_says_nothing(text: str) -> None:
    assert is_excuse(text)
    assert not says_something(text, QUESTION)


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
def test_a_finding_with_a_not_is_no_excuse(text: str) -> None:
    assert not is_excuse(text)


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
def test_a_choice_among_what_the_question_offers_is_no_echo(question: str, text: str) -> None:
    assert says_something(text, question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many loaves does DoughNet bake?", "DoughNet bakes rye and wheat."),
        ("How many of the 200 loaves rise?", "Of the 200 loaves most rise."),
        ("What share of the loaves rises?", "A large share of the loaves rises in the oven."),
    ],
)
def test_a_question_for_a_number_is_not_answered_by_something_else(
    question: str, text: str
) -> None:
    assert lacks_number(text, question)


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
def test_a_number_in_any_form_or_another_question_lacks_none(question: str, text: str) -> None:
    assert not lacks_number(text, question)


def test_a_count_says_something_only_to_who_asks_for_it() -> None:
    assert says_something("They use three ovens.", "How many ovens do they use?")
    assert not says_something("They use three ovens.", "Which ovens do they use?")
