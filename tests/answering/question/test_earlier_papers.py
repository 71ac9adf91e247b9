"""Follow-ups on the papers of the previous answer, as questions about "the papers"."""

import pytest

from assistant.answering.question.earlier_papers import about_the_papers


@pytest.mark.parametrize(
    ("follow_up", "question"),
    [
        ("Which of those needs no training?", "Which of the papers needs no training?"),
        ("which of them is the newest?", "which of the papers is the newest?"),
        ("Which one is about images?", "Which papers is about images?"),
        ("Which of the ones use a GPU?", "Which papers use a GPU?"),
        ("only those since 2023", "only the papers since 2023"),
        ("Does either of the two use RL?", "Does any of the papers use RL?"),
        (
            "which of these has the most data behind it?",
            "which of the papers has the most data behind it?",
        ),
        ("who wrote the last one?", "who wrote the paper?"),
        ("cite it", "cite the paper"),
    ],
)
def test_words_for_earlier_papers_are_replaced(follow_up: str, question: str) -> None:
    assert about_the_papers(follow_up) == question


@pytest.mark.parametrize("question", ["shorter", "why?", "and on the test set?", "Who wrote BERT?"])
def test_other_questions_are_not_about_earlier_papers(question: str) -> None:
    assert about_the_papers(question) is None
