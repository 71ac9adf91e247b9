"""Matching names across spellings, and abbreviations with their long forms."""

import pytest

from assistant.text.name_matching import (
    abbreviation_definitions,
    long_form,
    normalize_name,
    possible_acronyms,
    strip_accents,
)


def test_accents_are_stripped() -> None:
    assert strip_accents("Tülu and Fréchet") == "Tulu and Frechet"


def test_normalized_name_has_only_lower_case_letters_and_digits() -> None:
    assert normalize_name("TÜLU-3.1 (b)") == "tulu31b"


def test_definitions_are_abbreviations_in_parentheses_with_the_words_before_them() -> None:
    text = "We use Low-Rank Adaptation (LoRA). A mean average precision (mAP) of 3 (of 4)."
    assert list(abbreviation_definitions(text)) == [
        ("We use Low-Rank Adaptation", "LoRA"),
        ("A mean average precision", "mAP"),
    ]


@pytest.mark.parametrize(
    ("before", "abbreviation", "found"),
    [
        ("trained by Proximal Policy Optimization", "PPO", "Proximal Policy Optimization"),
        ("Learning from Human Feedback", "LHF", "Learning from Human Feedback"),
        ("by Low-Rank Adaptation", "LoRA", "Low-Rank Adaptation"),
        ("trained on Nice Birds", "PPO", ""),
        ("Parrots and the other birds that we count Often", "PO", ""),  # too many words
    ],
)
def test_long_form_has_the_letters_of_the_abbreviation(
    before: str, abbreviation: str, found: str
) -> None:
    assert long_form(before, abbreviation) == found


@pytest.mark.parametrize(
    ("before", "abbreviation", "found"),
    [
        ("the long short-term memory", "LSTM", "long short-term memory"),
        ("Learning from Human Feedback", "LHF", ""),
        ("by Low-Rank Adaptation", "LoRA", ""),
    ],
)
def test_long_form_may_be_limited_to_one_word_per_letter(
    before: str, abbreviation: str, found: str
) -> None:
    assert long_form(before, abbreviation, one_word_per_letter=True) == found


def test_possible_acronyms_may_leave_out_linking_words() -> None:
    acronyms = possible_acronyms("state of the art")
    assert {"sota", "sa"} <= acronyms
    assert "st" not in acronyms
