"""The answer score, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_runs import answered, asked

from assistant.evaluation.metrics.answer_score import answer_score


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("They reach 93 percent.", 1),
        ("They reach NINETY-THREE percent.", 1),
        ("They reach 1930 percent.", 0),
        ("They reach a93.", 0),
        ("They reach 94 percent.", 0),
    ],
)
def test_a_surface_form_counts_between_word_boundaries_in_any_case(
    answer: str, score: float
) -> None:
    question = asked("number", answers=("93", "ninety-three"))
    assert answer_score(question, answered(answer)) == score


def test_a_form_may_begin_or_end_with_a_sign() -> None:
    question = asked("number", answers=("+12 %",))
    assert answer_score(question, answered("It rose by +12 %.")) == 1
    assert answer_score(question, answered("It rose by 7+12 %.")) == 0


@pytest.mark.parametrize(
    ("form", "answer", "score"),
    [
        ("8", "It takes 7.8 hours.", 0),
        ("8", "It takes 8.5 hours.", 0),
        ("8", "It has 8,500 images.", 0),
        ("1%", "It reaches 97.1%.", 0),
        ("8", "It takes 7, 8 or 9 hours, at most 8.", 1),
        ("8", "It takes 8.", 1),
        ("1%", "It reaches 1%.", 1),
        ("7.8", "It takes 7.8 hours.", 1),
        ("trams", "It was built in 1999.Trams ran.", 1),
    ],
)
def test_a_number_is_taken_whole(form: str, answer: str, score: float) -> None:
    assert answer_score(asked("number", answers=(form,)), answered(answer)) == score


def test_a_citation_mark_is_no_number() -> None:
    prediction = answered("Nobody knows.")
    assert "[1]" in prediction.answer
    assert answer_score(asked("number", answers=("1",)), prediction) == 0


def test_facts_count_as_substrings_each_in_any_of_its_forms() -> None:
    question = asked("explain", facts=(("reward", "prize"), ("nut",), ("eight",)))
    assert answer_score(question, answered("Rewarding birds with walnuts")) == pytest.approx(2 / 3)


@pytest.mark.parametrize("kind", ["name", "explain"])
def test_an_abstention_on_an_answerable_question_scores_nothing(kind: str) -> None:
    question = asked(kind, answers=("WalnutBench",), facts=(("WalnutBench",),))
    assert answer_score(question, answered("WalnutBench", abstained=True)) == 0


def test_an_unanswerable_question_wants_an_abstention() -> None:
    assert answer_score(asked("unanswerable"), answered(abstained=True)) == 1
    assert answer_score(asked("unanswerable"), answered("Forty-two.")) == 0


@pytest.mark.parametrize(
    ("answer", "score"),
    [("No, they do not; yes men say so.", 1), ("Yes.", 0), ("Nobody knows.", 0), ("Maybe.", 0)],
)
def test_the_first_verdict_word_is_the_verdict(answer: str, score: float) -> None:
    assert answer_score(asked("verdict", answers=("no",)), answered(answer)) == score


@given(st.text(min_size=1), st.text())
def test_any_text_is_scored_between_nothing_and_all(form: str, answer: str) -> None:
    assert answer_score(asked("name", answers=(form,)), answered(answer)) in (0, 1)
    assert answer_score(asked("explain", facts=((form,),)), answered(answer + form)) in (0, 1)
