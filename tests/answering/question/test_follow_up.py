"""Resolving follow-up questions."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Turn
from assistant.answering.question.follow_up import ResolvedQuestion, resolve_follow_up

_HISTORY = [
    Turn("How far does OrchardBot drive", "It drives 14 km. [1] It is slow. [2] It is red. [1]")
]


def _search_is_unambiguous(unambiguous: bool) -> Callable[[str], bool]:
    return lambda _: unambiguous


def test_question_without_history_is_unchanged() -> None:
    assert resolve_follow_up("and uphill?", [], _search_is_unambiguous(False)) == ResolvedQuestion(
        "and uphill?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "and uphill?",
        "What about snow?",
        "why?",
        "How much does it weigh?",
        "Who built that?",
        "which ones are red?",
        "Is there a newer one too?",
        "What does the second one do?",
    ],
)
def test_question_that_refers_back_is_a_follow_up_even_if_unambiguous(question: str) -> None:
    resolved = resolve_follow_up(question, _HISTORY, _search_is_unambiguous(True))
    assert resolved.search_text == f"{question} How far does OrchardBot drive?"


def test_history_has_the_first_sentences_of_answers_without_citation_marks() -> None:
    [turn] = resolve_follow_up("and uphill?", _HISTORY, _search_is_unambiguous(False)).history
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
def test_other_question_is_standalone_if_unambiguous(question: str) -> None:
    assert resolve_follow_up(question, _HISTORY, _search_is_unambiguous(True)) == ResolvedQuestion(
        question
    )
    assert (
        resolve_follow_up(question, _HISTORY, _search_is_unambiguous(False)).search_text != question
    )


def test_announced_change_of_subject_makes_a_question_standalone() -> None:
    question = "Different question: who built the second one?"
    assert resolve_follow_up(question, _HISTORY, _search_is_unambiguous(False)) == ResolvedQuestion(
        question
    )


@given(st.text(min_size=1), st.lists(st.builds(Turn, st.text(), st.text()), max_size=6))
def test_search_text_of_any_conversation_starts_with_the_question(
    question: str, history: list[Turn]
) -> None:
    resolved = resolve_follow_up(question, history, _search_is_unambiguous(False))
    assert resolved.search_text.startswith(question)
    assert len(resolved.history) <= min(3, len(history))


def test_turns_before_a_change_of_subject_are_left_out() -> None:
    history = [*_HISTORY, Turn("What does FeatherNet tell apart?", "It tells birds apart.")]
    resolved = resolve_follow_up("and at night?", history, lambda text: "FeatherNet" in text)
    assert resolved.search_text == "and at night? What does FeatherNet tell apart?"
    assert resolved.history == (history[-1],)


def test_it_in_a_long_question_does_not_refer_back() -> None:
    question = "How does FeatherNet treat a recording when it is too noisy to be heard?"
    assert resolve_follow_up(question, _HISTORY, _search_is_unambiguous(True)) == ResolvedQuestion(
        question
    )


def test_turn_without_answer_is_searched_for_but_not_in_the_history() -> None:
    resolved = resolve_follow_up(
        "and uphill?", [Turn("How far does it drive?", "")], _search_is_unambiguous(False)
    )
    assert resolved == ResolvedQuestion("and uphill? How far does it drive?")
