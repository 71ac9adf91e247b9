"""The metrics of a run."""

import random
from dataclasses import replace

import pytest
from run_factories import best_prediction, make_prediction, make_question

from assistant.evaluation import load_questions
from assistant.evaluation.metrics.measure import TITLES, measure


def test_best_answers_have_perfect_metrics() -> None:
    metrics = measure(
        [(question, best_prediction(question)) for question in load_questions("sample")]
    )
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


def test_best_verdicts_score_1() -> None:
    verdicts = [
        make_question("verdict", id=word, answers=(word,)) for word in ("yes", "no", "maybe")
    ]
    metrics = measure([(question, best_prediction(question)) for question in verdicts])
    assert metrics.headline.value == 1
    assert metrics.figures["verdict_accuracy"].value == 1
    assert metrics.figures["verdict_macro_f1"].value == 1


def test_answers_to_other_questions_score_close_to_0() -> None:
    # Without unanswerable questions, since an abstention is correct for any of them.
    questions = [question for question in load_questions("sample") if question.answerable]
    chance = random.Random(1)
    results = []
    for question in questions:
        others = [one for one in questions if not set(one.papers) & set(question.papers)]
        wrong = best_prediction(chance.choice(others))
        results.append((question, replace(wrong, id=question.id, question=question.text)))
    metrics = measure(results)
    # The mean over all such pairs is 0.0012, since a short form, such as a number, may occur in the
    # answer to another question. 0.01 is far beyond the variation of one pair per question.
    assert metrics.headline.value is not None
    assert metrics.headline.value < 0.01
    for name in ("recall@10", "ndcg@10", "evidence_recall", "citation_precision"):
        assert metrics.figures[name].value == 0, name


def test_headline_is_the_mean_over_kinds() -> None:
    right = make_question("name", answers=("WalnutBench",))
    results = [
        (right, make_prediction("WalnutBench")),
        (right, make_prediction("WalnutBench")),
        (right, make_prediction("something else")),
        (make_question("unanswerable"), make_prediction("an answer")),
    ]
    metrics = measure(results)
    assert metrics.headline.value == pytest.approx((2 / 3 + 0) / 2)
    assert metrics.by_kind["name"].value == pytest.approx(2 / 3)
    assert metrics.abstained_by_kind["unanswerable"].value == 0


def test_latency_has_median_and_95th_percentile() -> None:
    question = make_question("name", answers=("x",))
    results = [(question, make_prediction("x", total_s=float(second))) for second in range(1, 102)]
    figures = measure(results).figures
    assert figures["total_s_p50"].value == 51
    assert figures["total_s_p95"].value == 96
    assert figures["first_token_s_p50"].value is None


def test_verdict_accuracy_and_macro_f1_have_intervals() -> None:
    yes, no = (make_question("verdict", id=word, answers=(word,)) for word in ("yes", "no"))
    results = [
        (yes, make_prediction("Yes.")),
        (yes, make_prediction("No.")),
        (no, make_prediction("No.")),
    ]
    metrics = measure(results)
    for name in ("verdict_accuracy", "verdict_macro_f1"):
        assert metrics.figures[name].value == pytest.approx(2 / 3)
        assert metrics.figures[name].interval
        assert f"{TITLES[name]}: 0.667 [" in str(metrics)


def test_run_without_confidence_lacks_only_confidence_metrics() -> None:
    metrics = measure([(make_question(answers=("x",)), make_prediction("x", confidence=None))])
    assert metrics.headline.value == 1
    assert metrics.figures["calibration_error"].value is None
    assert "Calibration error" not in str(metrics)
