"""Metrics of a whole run, against values computed by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.metrics.abstention import (
    answerable_auc,
    risk_coverage,
    risk_coverage_area,
)
from assistant.evaluation.metrics.reliability import calibration_error, reliability
from assistant.evaluation.metrics.verdicts import find_verdict, macro_f1

_SHARE = st.floats(0, 1)


def test_risk_coverage_curve_orders_answers_by_confidence() -> None:
    curve = risk_coverage(np.array([0.6, 0.9, 0.8]), np.array([0.0, 1.0, 0.5]), asked=4)
    assert curve.coverage == pytest.approx([0.25, 0.5, 0.75])
    assert curve.risk == pytest.approx([0, 0.25, 0.5])


def test_risk_coverage_area_is_the_mean_risk() -> None:
    area = risk_coverage_area(np.array([0.6, 0.9, 0.8]), np.array([0.0, 1.0, 0.5]))
    assert area == pytest.approx((0 + 0.25 + 0.5) / 3)


def test_ties_in_confidence_share_their_risk() -> None:
    confidence = np.array([0.7, 0.7])
    one = risk_coverage_area(confidence, np.array([1.0, 0.0]))
    other = risk_coverage_area(confidence, np.array([0.0, 1.0]))
    assert one == other == 0.5


def test_reliability_has_a_bin_per_nonempty_tenth() -> None:
    confidence = np.array([0.91, 0.99, 1.0, 0.25])
    bins = reliability(confidence, np.array([1.0, 1.0, 0.0, 0.5]))
    assert [(one.low, one.n) for one in bins] == [(0.2, 1), (0.9, 3)]
    assert bins[1].score == pytest.approx(2 / 3)
    assert bins[1].confidence == pytest.approx((0.91 + 0.99 + 1.0) / 3)


def test_calibration_error_weights_bins_by_their_answers() -> None:
    confidence = np.array([0.9, 0.9, 0.9, 0.3])
    score = np.array([1.0, 1.0, 0.0, 1.0])
    expected = (3 * (0.9 - 2 / 3) + 1 * (1 - 0.3)) / 4
    assert calibration_error(confidence, score) == pytest.approx(expected)


@given(st.lists(st.tuples(_SHARE, _SHARE), min_size=1))
def test_reliability_bins_contain_every_answer_once(answers: list[tuple[float, float]]) -> None:
    confidence, score = np.array(answers).T
    assert sum(one.n for one in reliability(confidence, score)) == len(answers)
    assert 0 <= calibration_error(confidence, score) <= 1
    assert 0 <= risk_coverage_area(confidence, score) <= 1


def test_answerable_auc_is_the_share_of_correctly_ordered_pairs() -> None:
    confidence = np.array([0.9, 0.6, 0.6, 0.2])
    answerable = np.array([1.0, 1.0, 0.0, 0.0])
    # Pairs: 0.9 is above both; 0.6 ties with 0.6, which counts half, and is above 0.2.
    assert answerable_auc(confidence, answerable) == pytest.approx(3.5 / 4)


def test_answerable_auc_without_unanswerable_questions_is_nan() -> None:
    assert np.isnan(answerable_auc(np.array([0.5, 0.6]), np.array([1.0, 1.0])))


def test_macro_f1_is_the_mean_over_classes() -> None:
    right = np.array([0, 0, 0, 1])
    given_ = np.array([0, 0, 1, -1])
    # Class 0: 2 true positives, 1 false negative: F1 4/5. Class 1: no true positive.
    assert macro_f1(right, given_) == pytest.approx((4 / 5 + 0) / 2)


def test_verdict_matches_whole_words_only() -> None:
    assert find_verdict("It is now known: YES.", ("yes", "no", "maybe")) == "yes"
    assert find_verdict("Nothing is known.", ("yes", "no", "maybe")) is None
