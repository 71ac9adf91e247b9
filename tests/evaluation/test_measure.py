"""The figures of a whole run."""

import random
from dataclasses import replace

import pytest
from made_up_runs import answered, asked, gold

from assistant.evaluation import load_questions
from assistant.evaluation.measure import measure


def test_the_best_answers_score_one_in_everything() -> None:
    metrics = measure([(question, gold(question)) for question in load_questions("sample")])
    assert metrics.headline.value == 1
    assert all(estimate.value == 1 for estimate in metrics.by_kind.values())
    for name in (
        "recall@5",
        "mrr",
        "ndcg@10",
        "evidence_recall",
        "citation_precision",
        "citation_recall",
        "groundedness",
        "abstention_precision",
        "abstention_recall",
        "answerable_auc",
    ):
        assert metrics.figures[name].value == 1, name
    for name in ("abstained_on_answerable", "risk_coverage_area", "calibration_error"):
        assert metrics.figures[name].value == 0, name


def test_answers_dealt_to_the_wrong_questions_score_near_nothing() -> None:
    questions = [question for question in load_questions("sample") if question.answerable]
    answers = [gold(question) for question in questions]
    dealt = answers.copy()
    random.Random(1).shuffle(dealt)
    shuffled = [
        (question, replace(wrong, id=question.id, question=question.text))
        for question, wrong in zip(questions, dealt, strict=True)
    ]
    metrics = measure(shuffled)
    assert metrics.headline.value is not None
    assert metrics.headline.value < 0.06
    assert metrics.figures["recall@5"].value == pytest.approx(0, abs=0.06)


def test_the_headline_is_the_mean_over_kinds_not_over_questions() -> None:
    right = asked("name", answers=("WalnutBench",))
    results = [
        (right, answered("WalnutBench")),
        (right, answered("WalnutBench")),
        (right, answered("something else")),
        (asked("unanswerable"), answered("an answer")),
    ]
    metrics = measure(results)
    assert metrics.headline.value == pytest.approx((2 / 3 + 0) / 2)
    assert metrics.by_kind["name"].value == pytest.approx(2 / 3)
    assert metrics.abstained_by_kind["unanswerable"].value == 0


def test_latency_is_told_as_median_and_95th_percentile() -> None:
    question = asked("name", answers=("x",))
    results = [(question, answered("x", total_s=float(second))) for second in range(1, 102)]
    figures = measure(results).figures
    assert figures["total_s_p50"].value == 51
    assert figures["total_s_p95"].value == 96
    assert figures["first_token_s_p50"].value is None


def test_verdicts_have_their_accuracy_and_macro_f1() -> None:
    yes, no = (asked("verdict", id=word, answers=(word,)) for word in ("yes", "no"))
    results = [(yes, answered("Yes.")), (yes, answered("No.")), (no, answered("No."))]
    metrics = measure(results)
    assert metrics.by_kind["verdict"].value == pytest.approx(2 / 3)
    assert metrics.figures["verdict_macro_f1"].value == pytest.approx(2 / 3)


def test_a_run_without_confidence_has_all_figures_but_those_of_confidence() -> None:
    metrics = measure([(asked(answers=("x",)), answered("x", confidence=None))])
    assert metrics.headline.value == 1
    assert metrics.figures["calibration_error"].value is None
    assert "Calibration error" not in str(metrics)
