"""Conditions on numbers are found in questions, and what fulfils them in sentences."""

import pytest

from assistant.answering.collection_numbers import NumberCondition, number_condition


def _condition(criterion: str) -> NumberCondition:
    condition = number_condition(criterion)
    assert condition is not None
    return condition


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("a speed-up over 1.5x", "It runs about 1.8 times faster."),
        ("a speed-up over 1.5x", "Costs drop by 8-10 times."),
        ("a speed-up over 1.5x", "Training is >1.5x cheaper."),
        ("accuracy above 80%", "It reaches 82.5% accuracy."),
        ("accuracy above 80%", "It reaches 93 percent."),
        ("fewer than 3 billion parameters", "A model of 67 million parameters."),
        ("fewer than 3 billion parameters", "OPT-125M is trained."),
        ("models of more than 30 billion parameters", "We test Qwen2.5-72B-Instruct."),
        ("at least 1,000 questions", "We ask 1,200 questions."),
    ],
)
def test_a_number_of_the_same_kind_fulfils_it(criterion: str, sentence: str) -> None:
    assert _condition(criterion).within(sentence)


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("a speed-up over 1.5x", "It runs 1.2 times faster."),
        ("a speed-up over 1.5x", "Accuracy is 2%."),
        ("accuracy above 80%", "It reaches 79.9% with 160 epochs."),
        ("fewer than 3 billion parameters", "A 7B model, tested on 12 tasks."),
        ("models of more than 30 billion parameters", "A 1.5B model."),
        ("at least 1,000 questions", "We ask 999 questions."),
    ],
)
def test_other_numbers_do_not(criterion: str, sentence: str) -> None:
    assert not _condition(criterion).within(sentence)


@pytest.mark.parametrize("criterion", ["CIFAR-100", "training over the internet", "Llama 3", ""])
def test_a_number_alone_is_no_condition(criterion: str) -> None:
    assert number_condition(criterion) is None
