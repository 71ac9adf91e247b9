"""Content words and stems."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assistant.text.words import content_stems, content_words, stem


def test_function_words_and_words_common_in_questions_are_left_out() -> None:
    question = "Which of the papers report results on GSM8K, and how?"
    assert content_words(question) == ["results", "gsm8k"]


def test_words_with_inner_punctuation_stay_whole_and_repeated_words_are_dropped() -> None:
    assert content_words("GPT-4 beats gpt-4 at 3.5% on O'Reilly.") == [
        "gpt-4",
        "beats",
        "3.5",
        "o'reilly",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("models", "model"), ("training", "trained"), ("evaluations", "evaluation")],
)
def test_stem_drops_common_endings(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_their_endings() -> None:
    assert stem("bees") == "bees"


@given(st.text())
def test_content_words_are_distinct_for_any_text(text: str) -> None:
    words = content_words(text)
    assert len(words) == len(set(words))
    assert len(content_stems(text)) <= len(words)


def test_words_of_scripts_without_spaces_are_pairs_of_characters() -> None:
    assert content_words("BERT模型 of 电池材料, 水") == [
        *("bert", "模型"),
        *("电池", "池材", "材料"),
        "水",
    ]
