"""Numbers of a sentence that its sources do not have."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding.numbers import missing_numbers


def test_number_is_missing_only_if_no_source_has_it() -> None:
    assert missing_numbers("It gains 4 % in 90 minutes.", ["a gain of 4 %", "1.5 hours"]) == ()
    assert missing_numbers("It gains 4 % in 80 minutes.", ["a gain of 4 %", "1.5 hours"]) == ("80",)


def test_implied_numbers_are_never_missing() -> None:
    assert missing_numbers("Both GPT-4 and a bird count.", ["Nothing."]) == ()


@given(st.text(max_size=300))
def test_no_number_of_a_text_is_missing_from_itself(text: str) -> None:
    assert missing_numbers(text, [text]) == ()
