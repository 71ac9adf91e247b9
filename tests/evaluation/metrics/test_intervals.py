"""Intervals: where they must lie, and what happens with too little to resample."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import readable


def test_the_interval_of_a_share_is_near_that_of_theory() -> None:
    estimate = intervals.mean([1.0] * 80 + [0.0] * 20)
    assert estimate.value == 0.8
    # Normal theory: 0.8 +- 1.96 * sqrt(0.8 * 0.2 / 100).
    assert estimate.low == pytest.approx(0.8 - 0.0784, abs=0.011)
    assert estimate.high == pytest.approx(0.8 + 0.0784, abs=0.011)


def test_the_same_values_always_give_the_same_interval() -> None:
    values = [0.1, 0.5, 0.9, 0.3, 1.0]
    assert intervals.mean(values) == intervals.mean(values)


def test_the_mean_of_means_weighs_groups_alike_and_counts_every_value() -> None:
    estimate = intervals.mean_of_means({"many": [0.0] * 99, "few": [1.0]})
    assert (estimate.value, estimate.n) == (0.5, 100)


def test_the_mean_of_means_is_resampled_within_the_groups() -> None:
    # Resampled across the groups it would spread; within them there is nothing to vary.
    estimate = intervals.mean_of_means({"good": [1.0] * 9, "bad": [0.0] * 9})
    assert (estimate.low, estimate.high) == (0.5, 0.5)


def test_eight_right_answers_of_eight_are_no_certainty() -> None:
    estimate = intervals.mean([1.0] * 8)
    # Clopper and Pearson: 0.025 ** (1 / 8).
    assert estimate.low == pytest.approx(0.025 ** (1 / 8))
    assert estimate.high == 1


def test_changes_that_are_all_nothing_have_an_interval_of_nothing() -> None:
    estimate = intervals.mean_change({"": [0.0] * 8})
    assert (estimate.value, estimate.low, estimate.high) == (0, 0, 0)


def test_a_single_value_has_no_interval() -> None:
    estimate = intervals.mean([0.4])
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (0.4, None, None, 1)


def test_of_nothing_there_is_no_figure() -> None:
    assert intervals.mean([]).value is None
    assert intervals.mean_of_means({}).value is None
    assert intervals.quantile([], 0.5).value is None


def test_a_median_lies_in_its_interval() -> None:
    estimate = intervals.quantile([1.0, 2.0, 3.0, 4.0, 100.0], 0.5)
    assert estimate.value == 3
    assert estimate.low is not None
    assert estimate.high is not None
    assert 1 <= estimate.low <= 3 <= estimate.high <= 100


@hypothesis_settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_the_interval_of_shares_stays_between_nothing_and_all(values: list[float]) -> None:
    estimate = intervals.mean(values)
    assert estimate.low is not None
    assert estimate.high is not None
    assert -1e-9 <= estimate.low <= estimate.high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (0.12345, "0.123"), (-0.5, "-0.500"), (12.34, "12.3"), (345.6, "346")],
)
def test_figures_are_written_with_three_digits_that_tell(value: float | None, text: str) -> None:
    assert readable(value) == text
