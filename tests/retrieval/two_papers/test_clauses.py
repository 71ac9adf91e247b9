"""Splitting a question into clauses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.two_papers.clauses import SplitQuestion, split_question


@pytest.mark.parametrize(
    ("question", "lead", "clauses"),
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
        # A question word inside a clause does not start another one.
        ("Name the method that tells what a parrot wants.", "Name the method that tells what a "
         "parrot wants.", ()),
        ("", "", ()),
    ],
)  # fmt: skip
def test_question_is_split_into_clauses(question: str, lead: str, clauses: tuple[str, ...]) -> None:
    assert split_question(question) == SplitQuestion(lead, clauses)


@given(st.lists(st.sampled_from(["how", "and", "what is", "trams,", "in which", "?", "é", "  "])))
def test_split_question_keeps_all_words_but_conjunctions(words: list[str]) -> None:
    question = " ".join(words)
    split = split_question(question)
    remaining = " ".join((split.lead, *split.clauses))
    assert _words(remaining) == _words(question)


def _words(text: str) -> list[str]:
    """Return the words of a text except the conjunction that joins clauses."""
    return [word for word in re.findall(r"\w+", text) if word != "and"]
