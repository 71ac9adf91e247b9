"""Sentence segmentation."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from assistant.text.sentences import sentence_spans

PROSE = st.lists(
    st.sampled_from(
        ["We", "grow", "3.5", "et al.", "e.g.", "J.", "plan B.", "no.", "Why?", "(see it.)", "...",
         "!", " ", "\n", "\u2029", "naïve", "etc.", "“so.”", "tomatoes."]
    )
).map(" ".join)  # fmt: skip


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@given(st.one_of(st.text(), PROSE))
@example("")
@example(" . ")
@example("." * 5000)
def test_spans_are_ordered_disjoint_and_cover_everything_but_whitespace(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for span in spans:
        assert text[end : span.start].strip() == ""
        assert end <= span.start < span.end
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ends. Two ends! Three? Four", ["One ends.", "Two ends!", "Three?", "Four"]),
        ("It gains 3.5 points. Then 0.2 more.", ["It gains 3.5 points.", "Then 0.2 more."]),
        ("Fruit, e.g. Apples, and i.e. Pears.", ["Fruit, e.g. Apples, and i.e. Pears."]),
        ("As Doe et al. (2020) show. We agree.", ["As Doe et al. (2020) show.", "We agree."]),
        ("It beats Doe et al. We say why.", ["It beats Doe et al.", "We say why."]),
        ("J. R. Doe and Roe grow it. It works.", ["J. R. Doe and Roe grow it.", "It works."]),
        ("We follow plan B. It works.", ["We follow plan B.", "It works."]),
        ("See Fig. 3 and Eq. 4. It works.", ["See Fig. 3 and Eq. 4.", "It works."]),
        ("We test apples, pears, etc. All grow.", ["We test apples, pears, etc.", "All grow."]),
        ("Apples, pears, etc. are fruit.", ["Apples, pears, etc. are fruit."]),
        ("Is it ripe? We say no. Wait.", ["Is it ripe?", "We say no.", "Wait."]),
        ("Tomato no. 7 is ripe. So is No. 8.", ["Tomato no. 7 is ripe.", "So is No. 8."]),
        ('He said "wait." (Then he left.) It rained.',
         ['He said "wait."', "(Then he left.)", "It rained."]),
        ("Wait ... and see. Why?! Because.", ["Wait ... and see.", "Why?!", "Because."]),
        ("We use GPT-4. GSM8K improves.", ["We use GPT-4.", "GSM8K improves."]),
        ("Code: https://example.org/a.b is here. Enjoy.",
         ["Code: https://example.org/a.b is here.", "Enjoy."]),
        ("We add: 1. A loss. 2. A sampler.", ["We add: 1. A loss.", "2. A sampler."]),
        ("We add:\n1. A loss\n2. A sampler.", ["We add:\n1. A loss\n2. A sampler."]),
        ("Split 1:2. It works.", ["Split 1:2.", "It works."]),
    ],
)  # fmt: skip
def test_full_stops_end_sentences_except_in_abbreviations_numbers_and_lists(
    text: str, expected: list[str]
) -> None:
    assert sentences(text) == expected


def test_offsets_count_characters_not_bytes() -> None:
    assert sentence_spans("Ä 🙂 b. C.") == [(0, 6), (7, 9)]


def test_full_stops_of_chinese_and_japanese_end_sentences_without_a_space() -> None:
    text = "模型很小。它读得快！We test it."
    assert [span.of(text) for span in sentence_spans(text)] == [
        "模型很小。",
        "它读得快！",
        "We test it.",
    ]
