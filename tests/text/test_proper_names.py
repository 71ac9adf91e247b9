"""Proper names in a text."""

import pytest

from assistant.text.proper_names import find_names, has_name_shape, occurrences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LightSeq beats Megatron-LM.", ["LightSeq", "Megatron-LM"]),
        ("The method is called CUBER.", ["CUBER"]),
        ("The results on ImageNet and COCO's test set", ["ImageNet", "COCO"]),
        ("However, it runs in Graz.", ["Graz"]),
        ("Plain words only. Nothing else.", []),
        ("They say “plain words.” Nothing else.", []),
        ("It uses GPT-4.", ["GPT-4"]),
        ("It uses 3DMatch.", ["3DMatch"]),
        ("It runs in Graz and in Graz again.", ["Graz"]),
    ],
)
def test_names_have_inner_capitals_or_digits_or_are_capitalised_inside_a_sentence(
    text: str, found: list[str]
) -> None:
    assert find_names(text) == found


@pytest.mark.parametrize(
    "text",
    ["It is 1.8x faster.", "The 2nd of 160k pairs took 30s.", "A 12-layer net at 1e-4 on 32x32"],
)
def test_numbers_with_units_are_not_names(text: str) -> None:
    assert find_names(text) == []


@pytest.mark.parametrize(
    ("word", "expected"), [("LoRA", True), ("GPT-4", True), ("Graz", False), ("bread", False)]
)
def test_name_shape_is_a_capital_or_digit_after_the_first_character(
    word: str, expected: bool
) -> None:
    assert has_name_shape(word) is expected


def test_occurrences_ignore_case_and_longer_words() -> None:
    assert occurrences("LoRA", "lora beats LoRA, LoRA-2 and QLoRA.") == ["lora", "LoRA", "LoRA"]
