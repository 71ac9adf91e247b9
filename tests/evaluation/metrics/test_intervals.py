"""Estimates and their intervals."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import readable


def test_interval_of_a_share_is_close_to_normal_theory() -> None:
    estimate = intervals.mean([1.0] * 80 + [0.0] * 20)
    assert estimate.value == 0.8
    # Normal theory: 0.8 +- 1.96 * sqrt(0.8 * 0.2 / 100).
    assert estimate.low == pytest.approx(0.8 - 0.0784, abs=0.011)
    assert estimate.high == pytest.approx(0.8 + 0.0784, abs=0.011)


def test_interval_is_deterministic() -> None:
    values = [0.1, 0.5, 0.9, 0.3, 1.0]
    assert intervals.mean(values) == intervals.mean(values)


def test_mean_of_means_weights_groups_equally() -> None:
    estimate = intervals.mean_of_means({"many": [0.0] * 99, "few": [1.0]})
    assert (estimate.value, estimate.n) == (0.5, 100)


def test_mean_of_means_is_resampled_within_groups() -> None:
    # Within each group there is no variation; across groups there would be.
    estimate = intervals.mean_of_means({"good": [1.0] * 9, "bad": [0.0] * 9})
    assert (estimate.low, estimate.high) == (0.5, 0.5)


def test_eight_of_eight_gets_the_exact_binomial_interval() -> None:
    estimate = intervals.mean([1.0] * 8)
    # Clopper and Pearson: 0.025 ** (1 / 8).
    assert estimate.low == pytest.approx(0.025 ** (1 / 8))
    assert estimate.high == 1


def test_zero_changes_have_an_interval_of_width_0() -> None:
    estimate = intervals.mean_change({"": [0.0] * 8})
    assert (estimate.value, estimate.low, estimate.high) == (0, 0, 0)


def test_single_value_has_no_interval() -> None:
    estimate = intervals.mean([0.4])
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (0.4, None, None, 1)


def test_no_values_give_no_estimate() -> None:
    assert intervals.mean([]).value is None
    assert intervals.mean_of_means({}).value is None
    assert intervals.quantile([], 0.5).value is None


def test_median_is_within_its_interval() -> None:
    estimate = intervals.quantile([1.0, 2.0, 3.0, 4.0, 100.0], 0.5)
    assert estimate.value == 3
    assert estimate.low is not None
    assert estimate.high is not None
    assert 1 <= estimate.low <= 3 <= estimate.high <= 100


@hypothesis_settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_interval_of_shares_is_within_0_and_1(values: list[float]) -> None:
    estimate = intervals.mean(values)
    assert estimate.low is not None
    assert estimate.high is not None
    assert -1e-9 <= estimate.low <= estimate.high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (0.12345, "0.123"), (-0.5, "-0.500"), (12.34, "12.3"), (345.6, "346")],
)
def test_values_are_formatted_with_three_significant_digits(value: float | None, text: str) -> None:
    assert readable(value) == text
