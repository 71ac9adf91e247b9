"""A follow-up is understood with what was said before it; another question as it is."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Turn
from assistant.answering.question.follow_up import Understood, understand

_HISTORY = [
    Turn("How far does OrchardBot drive", "It drives 14 km. [1] It is slow. [2] It is red. [1]")
]


def _finds(clearly: bool) -> Callable[[str], bool]:
    return lambda _: clearly


def test_without_a_history_a_question_is_as_it_is() -> None:
    assert understand("and uphill?", [], _finds(False)) == Understood("and uphill?")


@pytest.mark.parametrize(
    "question",
    [
        "and uphill?",
        "What about snow?",
        "why?",
        "How much does it score_prompts?",
        "Who built that?",
        "which ones are red?",
        "Is there a newer one too?",
        "What does the second one do?",
    ],
)
def test_words_that_lean_back_make_a_follow_up_however_clear_the_search(question: str) -> None:
    understood = understand(question, _HISTORY, _finds(True))
    assert understood.searched == f"{question} How far does OrchardBot drive?"


def test_the_model_gets_the_turns_without_their_citation_marks_and_only_how_they_begin() -> None:
    [turn] = understand("and uphill?", _HISTORY, _finds(False)).history
    assert turn == Turn("How far does OrchardBot drive", "It drives 14 km. It is slow.")


@pytest.mark.parametrize(
    "question",
    [
        "How many label descriptions were annotated for meta-tuning?",
        "Thanks. What is CCL short for?",
        "How can machines send only one byte per gradient?",
        "Which dataset that nobody knew was used?",
    ],
)
def test_another_question_stands_alone_if_it_finds_its_paper_clearly(question: str) -> None:
    assert understand(question, _HISTORY, _finds(True)) == Understood(question)
    assert understand(question, _HISTORY, _finds(False)).searched != question


def test_who_says_that_the_subject_changes_is_taken_at_their_word() -> None:
    question = "Different question: who built the second one?"
    assert understand(question, _HISTORY, _finds(False)) == Understood(question)


@given(st.text(min_size=1), st.lists(st.builds(Turn, st.text(), st.text()), max_size=6))
def test_any_conversation_is_understood_with_the_question_last(
    question: str, history: list[Turn]
) -> None:
    understood = understand(question, history, _finds(False))
    assert understood.searched.startswith(question)
    assert len(understood.history) <= min(3, len(history))


def test_what_was_said_before_the_subject_changed_is_not_searched_for() -> None:
    history = [*_HISTORY, Turn("What does FeatherNet tell apart?", "It tells birds apart.")]
    understood = understand("and at night?", history, lambda text: "FeatherNet" in text)
    assert understood.searched == "and at night? What does FeatherNet tell apart?"
    assert understood.history == (history[-1],)


def test_in_a_long_question_it_most_often_stands_for_something_in_the_question() -> None:
    question = "How does FeatherNet treat a recording when it is too noisy to be heard?"
    assert understand(question, _HISTORY, _finds(True)) == Understood(question)


def test_an_answer_that_was_stopped_is_no_turn_of_the_chat() -> None:
    understood = understand("and uphill?", [Turn("How far does it drive?", "")], _finds(False))
    assert understood == Understood("and uphill? How far does it drive?")
