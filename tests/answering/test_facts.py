"""Numbers and names of a sentence must stand in its source; this finds those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.facts import missing_names, missing_numbers, names, numbers, spelt_out


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It gains 4.1 eV.", {4.1}),
        ("A gain of 26.47% over 1,024 runs", {26.47, 1024.0}),
        ("160,000 pairs, that is 160k or 160 thousand", {160000.0}),
        ("57 billion tokens, written 57B", {57e9}),
        ("from 1.24-2.01x", {1.24, 2.01}),
        ("an eight-fold saving, doubling the speed", {8.0, 2.0}),
        ("GPT-4 and Qwen2.5 and ResNet50", set()),
        ("CIFAR-100 accuracy of .76", {0.76}),
    ],
)
def test_numbers_are_found_with_their_values(text: str, values: set[float]) -> None:
    assert set(numbers(text).values()) == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LightSeq beats Megatron-LM.", ["LightSeq", "Megatron-LM"]),
        ("The method is called CUBER.", ["CUBER"]),
        ("The results on ImageNet and COCO's test set", ["ImageNet", "COCO"]),
        ("However, it runs in Graz.", ["Graz"]),
        ("Plain words only. Nothing else.", []),
        ("It uses GPT-4.", ["GPT-4"]),
    ],
)
def test_names_are_words_marked_by_capitals_or_digits(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It has 7B parameters.", "We tune LLaMA-7B on it."),
        ("It saves 8 times the data.", "an eight-fold saving"),
        ("It takes 160,000 pairs.", "with 160k pairs"),
        ("Five datasets are used.", "on 5 datasets"),
        ("It takes half of them.", "0.5 of them"),
    ],
)
def test_a_number_is_supported_however_it_is_written(sentence: str, source: str) -> None:
    assert missing_numbers(sentence, [source]) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("It gains 5.1%.", "a gain of 1.5%", ("5.1",)),
        ("It gains 26%.", "a gain of 26.47%", ("26",)),
        ("It has 7 million.", "It has 7 billion.", ("7 million",)),
        ("It takes 12 hours.", "in 1.2 hours, 2 times", ("12",)),
        ("It is three times faster.", "It is faster.", ("three",)),
    ],
)
def test_a_number_that_the_source_lacks_is_missing(
    sentence: str, source: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(sentence, [source]) == missing


def test_a_name_is_supported_whatever_its_hyphens_and_capitals() -> None:
    assert missing_names("We use Flickr30K and GPT4.", ["on flickr-30k with GPT-4"]) == ()
    assert missing_names("We use BERT.", ["on flickr-30k with GPT-4"]) == ("BERT",)


@given(st.text(max_size=300))
def test_a_text_supports_itself(text: str) -> None:
    assert missing_numbers(text, [text]) == ()
    assert missing_names(text, [text]) == ()


@given(st.integers(13, 10**6), st.text(st.characters(categories=["Ll", "Zs"]), max_size=80))
def test_a_made_up_number_is_always_missing_from_a_text_without_digits(
    number: int, source: str
) -> None:
    text = f"It reaches {number} points."
    assert missing_numbers(text, [source.replace("hundred", "")]) == (str(number),)


def test_the_words_of_a_known_abbreviation_are_told() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelt_out(text, ["We train it with PPO."]) == {"Proximal", "Policy", "Optimization"}


def test_an_unknown_abbreviation_or_other_words_before_it_spell_out_nothing() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelt_out(text, ["We train it with DPO."]) == frozenset()
    assert spelt_out("It is trained on Nice Birds (PPO).", ["We use PPO."]) == frozenset()


@pytest.mark.parametrize("text", ["It is 1.8x faster.", "The 2nd of 160k pairs took 30s."])
def test_a_number_with_its_unit_is_no_name(text: str) -> None:
    assert names(text) == []
