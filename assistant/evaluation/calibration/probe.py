"""Fit a linear probe, with cross-validated predictions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.models import Probe

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

Floats: TypeAlias = npt.NDArray[np.float64]
Booleans: TypeAlias = npt.NDArray[np.bool_]

FOLDS = 5
# Inverse regularization strength per example, chosen on development questions. A state has more
# dimensions than there are examples, so regularization is needed.
_C_PER_EXAMPLE = 1.0
_DIGITS = 4


@dataclass(frozen=True, slots=True, eq=False)
class ProbeFit:
    """A probe fitted on all examples.

    Attributes:
        probe: applies to unscaled states.
        held_out: the log-odds of each example, by a probe fitted without the example's paper.
    """

    probe: Probe
    held_out: Floats


def fit_probe(
    states: Floats, labels: Booleans, weights: Floats, papers: npt.NDArray[np.str_]
) -> ProbeFit:
    """Fit a logistic regression on standardized states.

    Args:
        states: shape (examples, dimensions).
        labels: what to predict, shape (examples,).
        weights: sample weights, shape (examples,).
        papers: the paper of each example, shape (examples,). Examples of one paper stay in one
            fold. At least `FOLDS` different ones are needed.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    regression = LogisticRegression(
        C=_C_PER_EXAMPLE / len(states), class_weight="balanced", max_iter=1000
    )
    pipeline = make_pipeline(StandardScaler(), regression)
    parameters = {"logisticregression__sample_weight": weights}
    held_out: Floats = cross_val_predict(
        pipeline,
        states,
        labels,
        groups=papers,
        cv=GroupKFold(FOLDS),
        method="decision_function",
        params=parameters,
    )
    pipeline.fit(states, labels, **parameters)
    return ProbeFit(unscaled_probe(*pipeline), held_out)


def unscaled_probe(scaler: "StandardScaler", regression: "LogisticRegression") -> Probe:
    """Return a regression on standardized values as a probe that applies to unscaled ones."""
    weights = np.array(_rounded(regression.coef_[0] / scaler.scale_))
    bias = float(regression.intercept_[0] - weights @ scaler.mean_)
    return Probe(tuple(weights.tolist()), round(bias, _DIGITS))


def scale_probe(probe: Probe, factor: float) -> Probe:
    """Return a probe whose log-odds are those of another, times a factor."""
    weights = _rounded(factor * weight for weight in probe.weights)
    return Probe(tuple(weights), round(factor * probe.bias, _DIGITS))


def _rounded(weights: Iterable[float]) -> list[float]:
    return [float(f"{weight:.{_DIGITS}g}") for weight in weights]
