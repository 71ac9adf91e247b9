"""Comparing two runs: paired differences, their significance, and the questions that changed."""

import pytest
from made_up_runs import answered, asked, run_of

from assistant.errors import InputError
from assistant.evaluation import Question, compare
from assistant.evaluation.predictions import Prediction


def _questions(count: int, kind: str = "name") -> list[Question]:
    return [asked(kind, id=f"{kind}{i}", answers=("right",)) for i in range(count)]


def _answers(
    questions: list[Question], right: int, **timings: float
) -> list[tuple[Question, Prediction]]:
    """Answer the first so many questions right."""
    texts = ["right" if i < right else "other" for i in range(len(questions))]
    return _texts(questions, texts, **timings)


def _texts(
    questions: list[Question], texts: list[str], **timings: float
) -> list[tuple[Question, Prediction]]:
    return [
        (question, answered(text, id=question.id, **timings))
        for question, text in zip(questions, texts, strict=True)
    ]


def test_a_run_does_not_differ_from_itself() -> None:
    run = run_of(*_answers(_questions(8), right=5, total_s=1.0))
    comparison = compare(run, run)
    assert not comparison.changed
    assert not comparison.made_otherwise
    for difference in comparison.metrics.values():
        assert (difference.change.value, difference.p) == (0, 1)
        assert not difference.worse


def test_six_losses_and_no_gain_are_significant() -> None:
    questions = _questions(20)
    before, after = run_of(*_answers(questions, 20)), run_of(*_answers(questions, 14))
    difference = compare(before, after).metrics["answer_score"]
    assert (difference.before, difference.after) == pytest.approx((1, 0.7))
    # All signs of six changes tried: 2 of 64 are as far from nothing.
    assert difference.p == pytest.approx(2 / 64)
    assert difference.worse


def test_four_losses_may_be_chance() -> None:
    questions = _questions(20)
    before, after = run_of(*_answers(questions, 20)), run_of(*_answers(questions, 16))
    difference = compare(before, after).metrics["answer_score"]
    assert difference.p == pytest.approx(2 / 16)
    assert not difference.worse


def test_for_seconds_more_is_worse() -> None:
    questions = _questions(10)
    before = run_of(*_answers(questions, 10, total_s=1.0))
    after = run_of(*_answers(questions, 10, total_s=2.0))
    difference = compare(before, after).metrics["total_s"]
    assert difference.change.value == 1
    assert difference.worse
    assert not difference.better


def test_the_answer_score_weighs_each_kind_alike() -> None:
    names, numbers = _questions(30, "name"), _questions(10, "number")
    before = run_of(*_answers(names, 30), *_answers(numbers, 10))
    after = run_of(*_answers(names, 30), *_answers(numbers, 0))
    comparison = compare(before, after)
    assert comparison.metrics["answer_score"].change.value == pytest.approx(-0.5)
    assert {one.title: one.change.value for one in comparison.by_kind} == {"name": 0, "number": -1}


def test_the_questions_that_changed_hands_come_worst_first() -> None:
    facts = (("a",), ("b",), ("c",), ("d",))
    questions = [asked("explain", id=id_, facts=facts) for id_ in ("up", "half", "lost", "same")]
    before = _texts(questions, ["x", "abcd", "abcd", "a"])
    after = _texts(questions, ["a", "ab", "x", "a"])
    comparison = compare(run_of(*before), run_of(*after))
    assert [one.question.id for one in comparison.changed] == ["lost", "half", "up"]


def test_what_was_made_otherwise_is_told() -> None:
    answers = _answers(_questions(2), 2)
    comparison = compare(run_of(*answers), run_of(*answers, prompts="p2"))
    assert comparison.made_otherwise == ("prompts (p1 against p2)",)


def test_only_questions_that_both_answered_are_compared() -> None:
    questions = _questions(6)
    comparison = compare(run_of(*_answers(questions, 6)), run_of(*_answers(questions[:4], 4)))
    assert comparison.n == 4


def test_runs_over_other_questions_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="no question in common"):
        compare(run_of(*_answers(_questions(2), 2)), run_of(*_answers(_questions(2, "number"), 2)))
