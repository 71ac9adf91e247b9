"""Number conditions in questions, and the sentences that meet them."""

import pytest

from assistant.answering.question.number_filter import NumberCondition, parse_number_condition


def _condition(criterion: str) -> NumberCondition:
    condition = parse_number_condition(criterion)
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
        ("cut communication by a factor of four or more", "It sends 4.7x less."),
        ("handle 100 tasks or more", "A stream of one hundred tasks."),
        ("five or more networks", "It is tried with seven different networks."),
        ("no more than ten days", "Training takes nine days."),
        ("no fewer than 3 datasets", "It is tried on four datasets."),
        ("not below 90%", "It reaches 92%."),
        ("not exceeding 5 GPUs", "It needs 2 GPUs."),
        ("more than 3 and fewer than 10 layers", "It has 12 layers."),
        ("more than twice as fast", "It is 3x faster."),
        ("accuracy above 90", "It reaches 91.2% accuracy."),
        ("fewer than three GPUs", "One GPU is enough."),
        ("at least two thirds of the data", "It drops 67% of the data."),
        ("more than 50,000 items", "It has 60,000 proteins."),
        ("trained on no more than one GPU", "A single GPU is enough."),
        ("between 10 and 20 billion parameters", "GPT-NeoX-20B is asked."),
        ("gains of between 7 and 9 percent", "It gains 8.3 % on CIFAR-100."),
        ("gains of between 7 and 9 percent", "It gains 8.3 points."),
    ],
)
def test_number_of_the_same_dimension_in_range_matches(criterion: str, sentence: str) -> None:
    assert _condition(criterion).matches(sentence)


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("a speed-up over 1.5x", "It runs 1.2 times faster."),
        ("a speed-up over 1.5x", "Accuracy is 2%."),
        ("accuracy above 80%", "It reaches 79.9% with 160 epochs."),
        ("fewer than 3 billion parameters", "A 7B model, tested on 12 tasks."),
        ("models of more than 30 billion parameters", "A 1.5B model."),
        ("at least 1,000 questions", "We ask 999 questions."),
        ("cut communication by a factor of four or more", "Twice as few bytes are sent."),
        ("handle 100 tasks or more", "It is tried on CIFAR-100."),
        ("five or more networks", "It has 160 epochs."),
        ("no more than ten days", "Training takes two weeks."),
        ("no fewer than 3 datasets", "It is tried on two datasets."),
        ("not exceeding 5 GPUs", "It needs 8 GPUs."),
        ("never more than 3 layers", "It has 4 layers."),
        ("more than 3 and fewer than 10 layers", "It has 2 layers."),
        ("between 10 and 20 billion parameters", "GPT-J-6B and OPT-30B are asked."),
        ("gains of between 7 and 9 percent", "It is 8 times faster."),
    ],
)
def test_number_out_of_range_or_of_another_dimension_does_not_match(
    criterion: str, sentence: str
) -> None:
    assert not _condition(criterion).matches(sentence)


@pytest.mark.parametrize(
    "criterion",
    [
        "CIFAR-100",
        "training over the internet",
        "Llama 3",
        "reasoning over 3D scenes",
        "cut memory from 80 to 20 GB",
        "two surveys and one registry",
        "",
    ],
)
def test_number_without_comparison_is_not_a_condition(criterion: str) -> None:
    assert parse_number_condition(criterion) is None
