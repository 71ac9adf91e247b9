"""Comparing two runs: paired differences, their significance, and the questions that changed."""

import pytest
from run_factories import make_manifest, make_prediction, make_question, make_run

from assistant.errors import InputError
from assistant.evaluation import Question, compare
from assistant.evaluation.manifest import setting_values
from assistant.evaluation.predictions import Prediction
from assistant.settings import Settings


def _questions(count: int, kind: str = "name") -> list[Question]:
    return [make_question(kind, id=f"{kind}{i}", answers=("right",)) for i in range(count)]


def _answers(
    questions: list[Question], right: int, **timings: float
) -> list[tuple[Question, Prediction]]:
    """Answer the first ``right`` questions correctly, and the others wrongly."""
    texts = ["right" if i < right else "other" for i in range(len(questions))]
    return _texts(questions, texts, **timings)


def _texts(
    questions: list[Question], texts: list[str], **timings: float
) -> list[tuple[Question, Prediction]]:
    return [
        (question, make_prediction(text, id=question.id, **timings))
        for question, text in zip(questions, texts, strict=True)
    ]


def test_run_compared_with_itself_has_no_differences() -> None:
    run = make_run(*_answers(_questions(8), right=5, total_s=1.0))
    comparison = compare(run, run)
    assert not comparison.changed
    assert not comparison.manifest_differences
    for difference in comparison.metrics.values():
        assert (difference.change.value, difference.p) == (0, 1)
        assert not difference.worse


def test_six_losses_and_no_gain_are_significant() -> None:
    questions = _questions(20)
    before, after = make_run(*_answers(questions, 20)), make_run(*_answers(questions, 14))
    difference = compare(before, after).metrics["answer_score"]
    assert (difference.before, difference.after) == pytest.approx((1, 0.7))
    # Of the 64 permutations of six changes, 2 are as extreme.
    assert difference.p == pytest.approx(2 / 64)
    assert difference.worse


def test_four_losses_are_not_significant() -> None:
    questions = _questions(20)
    before, after = make_run(*_answers(questions, 20)), make_run(*_answers(questions, 16))
    difference = compare(before, after).metrics["answer_score"]
    assert difference.p == pytest.approx(2 / 16)
    assert not difference.worse


def test_more_seconds_are_worse() -> None:
    questions = _questions(10)
    before = make_run(*_answers(questions, 10, total_s=1.0))
    after = make_run(*_answers(questions, 10, total_s=2.0))
    difference = compare(before, after).metrics["total_s"]
    assert difference.change.value == 1
    assert difference.worse
    assert not difference.better


def test_answer_score_change_weights_kinds_equally() -> None:
    names, numbers = _questions(30, "name"), _questions(10, "number")
    before = make_run(*_answers(names, 30), *_answers(numbers, 10))
    after = make_run(*_answers(names, 30), *_answers(numbers, 0))
    comparison = compare(before, after)
    assert comparison.metrics["answer_score"].change.value == pytest.approx(-0.5)
    assert {one.title: one.change.value for one in comparison.by_kind} == {"name": 0, "number": -1}


def test_changed_questions_are_sorted_by_largest_loss() -> None:
    facts = (("a",), ("b",), ("c",), ("d",))
    questions = [
        make_question("explain", id=id_, facts=facts) for id_ in ("up", "half", "lost", "same")
    ]
    before = _texts(questions, ["x", "abcd", "abcd", "a"])
    after = _texts(questions, ["a", "ab", "x", "a"])
    comparison = compare(make_run(*before), make_run(*after))
    assert [one.question.id for one in comparison.changed] == ["lost", "half", "up"]


def test_comparison_lists_manifest_differences() -> None:
    answers = _answers(_questions(2), 2)
    comparison = compare(make_run(*answers), make_run(*answers, prompts="p2"))
    assert comparison.manifest_differences == ("prompts (p1 against p2)",)


def test_setting_that_no_answer_depends_on_is_no_difference() -> None:
    """Of two runs, one was made while PDFs were kept."""
    kept, not_kept = Settings(), Settings().updated({"keep_pdfs": "false"})
    assert setting_values(kept) == setting_values(not_kept)
    earlier = make_manifest(settings={**setting_values(kept), "keep_pdfs": False})
    assert earlier.differences(make_manifest()) == []
    assert make_manifest().differences(earlier) == []


def test_only_questions_answered_in_both_runs_are_compared() -> None:
    questions = _questions(6)
    comparison = compare(make_run(*_answers(questions, 6)), make_run(*_answers(questions[:4], 4)))
    assert comparison.n == 4


def test_runs_without_common_questions_are_rejected() -> None:
    with pytest.raises(InputError, match="no question in common"):
        compare(
            make_run(*_answers(_questions(2), 2)), make_run(*_answers(_questions(2, "number"), 2))
        )
