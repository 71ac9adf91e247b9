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
        ("compare them", "compare the papers"),
        ("Which of the two needs no training?", "Which of the papers needs no training?"),
        ("what about the other one?", "what about the paper?"),
        ("Are those on images?", "Are the papers on images?"),
    ],
)
def test_words_for_earlier_papers_are_replaced(follow_up: str, question: str) -> None:
    assert about_the_papers(follow_up) == question


@pytest.mark.parametrize(
    "question",
    [
        "shorter",
        "why?",
        "and on the test set?",
        "Who wrote BERT?",
        "Which other papers use these methods?",
        "Which papers use these datasets?",
        "List all papers about LLMs and how to align them",
        "Do all of them need training?",
        "Neither of them uses RL?",
        "Is it true that training helps?",
        "Another question: which of these train on images?",
    ],
)
def test_other_questions_are_not_about_earlier_papers(question: str) -> None:
    assert about_the_papers(question) is None
