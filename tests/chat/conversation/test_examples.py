"""Example questions."""

from assistant.chat.conversation.examples import example_questions
from assistant.papers import Paper, sample_papers

_DOUGH = Paper(title="Dough", abstract="Dough rises. It falls.", url="https://example.org/dough")
_BREAD = Paper(title="Bread", abstract="Bread is baked. It is sold.")


def test_examples_are_prepared_for_sample_papers_and_derived_from_other_titles() -> None:
    assert "What are the two roles in Self-Lengthen?" in example_questions(sample_papers())
    assert example_questions([_DOUGH, _BREAD]) == [
        "What does “Dough” propose?",
        "What does “Bread” propose?",
    ]
    assert example_questions([]) == []
