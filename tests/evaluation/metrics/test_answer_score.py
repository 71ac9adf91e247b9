"""The answer score, against values computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_factories import make_prediction, make_question

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
def test_surface_form_matches_between_word_boundaries_in_any_case(
    answer: str, score: float
) -> None:
    question = make_question("number", answers=("93", "ninety-three"))
    assert answer_score(question, make_prediction(answer)) == score


def test_surface_form_may_begin_or_end_with_a_symbol() -> None:
    question = make_question("number", answers=("+12 %",))
    assert answer_score(question, make_prediction("It rose by +12 %.")) == 1
    assert answer_score(question, make_prediction("It rose by 7+12 %.")) == 0


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
def test_number_does_not_match_within_a_longer_number(form: str, answer: str, score: float) -> None:
    assert answer_score(make_question("number", answers=(form,)), make_prediction(answer)) == score


def test_citation_mark_does_not_match_a_number() -> None:
    prediction = make_prediction("Nobody knows.")
    assert "[1]" in prediction.answer
    assert answer_score(make_question("number", answers=("1",)), prediction) == 0


def test_facts_match_as_substrings_in_any_of_their_forms() -> None:
    question = make_question("explain", facts=(("reward", "prize"), ("nut",), ("eight",)))
    assert answer_score(question, make_prediction("Rewarding birds with walnuts")) == pytest.approx(
        2 / 3
    )


@pytest.mark.parametrize("kind", ["name", "explain"])
def test_abstention_on_an_answerable_question_scores_0(kind: str) -> None:
    question = make_question(kind, answers=("WalnutBench",), facts=(("WalnutBench",),))
    assert answer_score(question, make_prediction("WalnutBench", abstained=True)) == 0


def test_abstention_on_an_unanswerable_question_scores_1() -> None:
    assert answer_score(make_question("unanswerable"), make_prediction(abstained=True)) == 1
    assert answer_score(make_question("unanswerable"), make_prediction("Forty-two.")) == 0


@pytest.mark.parametrize(
    ("answer", "score"),
    [("No, they do not; yes men say so.", 1), ("Yes.", 0), ("Nobody knows.", 0), ("Maybe.", 0)],
)
def test_first_verdict_word_is_the_verdict(answer: str, score: float) -> None:
    assert answer_score(make_question("verdict", answers=("no",)), make_prediction(answer)) == score


@given(st.text(min_size=1), st.text(min_size=1))
def test_exact_form_scores_1_and_text_without_it_scores_0(form: str, answer: str) -> None:
    name = make_question("name", answers=(form,))
    explain = make_question("explain", facts=((form,),))
    assert answer_score(name, make_prediction(form)) == 1
    assert answer_score(explain, make_prediction(answer + form)) == 1
    if form.casefold() not in answer.casefold():
        assert answer_score(name, make_prediction(answer)) == 0
        assert answer_score(explain, make_prediction(answer)) == 0
