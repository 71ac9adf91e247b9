"""A question that asks for several things is taken apart where a question word begins a clause."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.two_papers.clauses import Clauses, clauses


@pytest.mark.parametrize(
    ("question", "lead", "asked"),
    [
        ("How long do trams run?", "", ("How long do trams run",)),
        (
            "What is the error of DoughNet, and how many birds learn to count?",
            "",
            ("What is the error of DoughNet", "how many birds learn to count"),
        ),
        (
            "Both save energy. By how much does A, and in which towns does B?",
            "Both save energy.",
            ("By how much does A", "in which towns does B"),
        ),
        (
            "For my notes: who built it? Please tell me when it opened.",
            "For my notes:",
            ("who built it", "Please tell me when it opened"),
        ),
        ("Compare trams and balloons.", "Compare trams and balloons.", ()),
        # A question word inside a clause begins no other.
        ("Name the method that tells what a parrot wants.", "Name the method that tells what a "
         "parrot wants.", ()),
        ("", "", ()),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart(question: str, lead: str, asked: tuple[str, ...]) -> None:
    assert clauses(question) == Clauses(lead, asked)


@given(st.lists(st.sampled_from(["how", "and", "what is", "trams,", "in which", "?", "é", "  "])))
def test_no_word_is_lost(words: list[str]) -> None:
    question = " ".join(words)
    apart = clauses(question)
    left = " ".join((apart.lead, *apart.asked))
    assert _words(left) == _words(question)


def _words(text: str) -> list[str]:
    """Return the words of a text but for those that join clauses."""
    return [word for word in re.findall(r"\w+", text) if word != "and"]
