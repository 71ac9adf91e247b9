"""Estimates with bootstrap 95 % intervals."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Values: TypeAlias = npt.NDArray[np.float64]

CONFIDENCE_LEVEL = 0.95
_RESAMPLES = 2000
# Fixed, so that the same answers always have the same intervals.
_SEED = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a metric with its interval.

    Attributes:
        value: the value; None if no question has one.
        low: lower end of the interval; None if there are too few values for one.
        high: upper end of the interval; None likewise.
        n: number of questions that the value is computed from.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def interval(self) -> str:
        """The interval for display; empty if there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{readable(self.low)} to {readable(self.high)}"

    def __str__(self) -> str:
        return (
            f"{readable(self.value)} [{self.interval}]" if self.interval else readable(self.value)
        )


def readable(value: float | None) -> str:
    """Format a value with about three significant digits; ``-`` for None."""
    if value is None:
        return "-"
    return f"{value:.{0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 3}f}"


def mean(values: Sequence[float]) -> Estimate:
    """Estimate the mean of shares, 0 to 1."""
    return _exact_if_constant([values]) or estimate([values], np.mean)


def quantile(values: Sequence[float], q: float) -> Estimate:
    """Estimate a quantile of values, such as the median for ``q`` 0.5."""

    def statistic(sample: Values, axis: int = -1) -> Any:
        return np.quantile(sample, q, axis=axis)

    return estimate([values], statistic)


def mean_of_means(groups: Mapping[str, Sequence[float]]) -> Estimate:
    """Estimate the mean over groups of the mean of their shares, resampled within groups."""
    samples = [values for values in groups.values() if len(values)]
    return _exact_if_constant(samples) or estimate(samples, _mean_of_means)


def mean_change(groups: Mapping[str, Sequence[float]]) -> Estimate:
    """Estimate the mean over groups of the mean of their changes, resampled within groups."""
    return estimate([values for values in groups.values() if len(values)], _mean_of_means)


def _mean_of_means(*samples: Values, axis: int = -1) -> Any:
    return np.mean([np.mean(sample, axis=axis) for sample in samples], axis=0)


def paired_estimate(columns: Sequence[Values], statistic: Callable[..., float]) -> Estimate:
    """Estimate a statistic of several values per question; whole questions are resampled.

    Args:
        columns: arrays with one value per question, in the same order.
        statistic: takes the columns; returns nan if it is undefined for them.
    """
    return estimate(columns, statistic, paired=True, vectorized=False)


def estimate(
    samples: Sequence[Sequence[float] | Values],
    statistic: Callable[..., Any],
    *,
    paired: bool = False,
    vectorized: bool = True,
) -> Estimate:
    """Estimate a statistic of samples, with its percentile bootstrap interval.

    Args:
        samples: one or more samples, passed to the statistic as arrays.
        statistic: returns nan if it is undefined for them.
        paired: whether to resample the samples together.
        vectorized: whether the statistic takes an ``axis`` argument.
    """
    from scipy import stats

    arrays = [np.asarray(sample, dtype=np.float64) for sample in samples]
    n = len(arrays[0]) if paired and arrays else sum(map(len, arrays))
    if n == 0:
        return Estimate(None, None, None, 0)
    value = float(statistic(*arrays))
    if np.isnan(value):
        return Estimate(None, None, None, n)
    if min(map(len, arrays)) < 2:
        return Estimate(value, None, None, n)
    # The statistic may be undefined for a resample, such as one without unanswerable questions.
    # Such resamples are ignored.
    with warnings.catch_warnings(action="ignore", category=stats.DegenerateDataWarning):
        distribution = stats.bootstrap(
            arrays,
            statistic,
            n_resamples=_RESAMPLES,
            method="percentile",
            paired=paired,
            vectorized=vectorized,
            rng=np.random.default_rng(_SEED),
        ).bootstrap_distribution
    tail = (1 - CONFIDENCE_LEVEL) / 2
    low, high = np.nanquantile(distribution, [tail, 1 - tail])
    return Estimate(value, float(low), float(high), n)


def _exact_if_constant(samples: Sequence[Sequence[float]]) -> Estimate | None:
    """Return the estimate of shares that are all 0 or all 1; None for others.

    The bootstrap interval of a constant has no width, however few values there are. The exact
    (Clopper-Pearson) interval of a proportion is used instead.
    """
    from scipy import stats

    values = [value for sample in samples for value in sample]
    if not values or values[0] not in (0, 1) or len(set(values)) > 1:
        return None
    exact = stats.binomtest(round(sum(values)), len(values)).proportion_ci(CONFIDENCE_LEVEL)
    return Estimate(float(values[0]), float(exact.low), float(exact.high), len(values))
