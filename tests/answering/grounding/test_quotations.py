"""Quotations of a sentence that no source has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding.quotations import missing_quotations

ABSTRACT = "Six parrots count walnuts, up to eight of them. PolyCount rewards each right answer."


@pytest.mark.parametrize(
    "text",
    [
        'The authors state that "six parrots count walnuts".',
        "They say: “PolyCount rewards each right answer.”",
        "It is said that “six parrots count walnuts up to eight” and no more.",
        "Parrots count walnuts.",
        'Those that cannot are called "slow birds".',
        'An inch is written 1" and a foot 12".',
    ],
)
def test_verbatim_quotation_is_not_missing(text: str) -> None:
    assert missing_quotations(text, ["Another.", ABSTRACT]) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ('"Six parrots count peanuts", it says.', "Six parrots count peanuts"),
        ("It says: “parrots count walnuts, up to eighty”.", "parrots count walnuts, up to eighty"),
        ('It says: "each right answers the call".', "each right answers the call"),
    ],
)
def test_quotation_that_no_source_has_is_missing(text: str, missing: str) -> None:
    assert missing_quotations(text, [ABSTRACT]) == (missing,)


@given(st.lists(st.from_regex(r"\A[a-z]{1,8}\Z"), min_size=4, max_size=30), st.data())
def test_any_passage_of_a_source_is_not_missing(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 4))
    passage = " ".join(words[start : start + 4])
    assert missing_quotations(f'It says "{passage}".', [" ".join(words)]) == ()
