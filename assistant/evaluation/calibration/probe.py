"""Fitting a linear probe on a model's states, and seeing what it tells of other papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.models import Probe

Floats: TypeAlias = npt.NDArray[np.float64]

FOLDS = 5
# How freely the probe's weights follow the examples, an example: chosen on development questions.
# There are more weights than examples, so they have to be held back.
_FREEDOM = 1.0
_DIGITS = 4


@dataclass(frozen=True, slots=True, eq=False)
class FittedProbe:
    """A probe fitted on all examples.

    Attributes:
        probe: of states as they are.
        held_out: the log-odds of each example, by a probe fitted without its paper.
    """

    probe: Probe
    held_out: Floats


def fit_probe(
    states: Floats, told: npt.NDArray[np.bool_], weights: Floats, papers: npt.NDArray[np.str_]
) -> FittedProbe:
    """Fit a probe.

    Args:
        states: shape (examples, values).
        told: what the probe is to tell of each.
        weights: how much each counts.
        papers: that each is about; those about one paper stay in one fold. At least `FOLDS`.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    regression = LogisticRegression(
        C=_FREEDOM / len(states), class_weight="balanced", max_iter=1000
    )
    probe = make_pipeline(StandardScaler(), regression)
    weighing = {"logisticregression__sample_weight": weights}
    held_out: Floats = cross_val_predict(
        probe,
        states,
        told,
        groups=papers,
        cv=GroupKFold(FOLDS),
        method="decision_function",
        params=weighing,
    )
    probe.fit(states, told, **weighing)
    scaled = regression.coef_[0] / probe[0].scale_
    kept = np.array(_rounded(scaled))
    bias = float(regression.intercept_[0] - kept @ probe[0].mean_)
    return FittedProbe(Probe(tuple(kept.tolist()), round(bias, _DIGITS)), held_out)


def scale_probe(probe: Probe, factor: float) -> Probe:
    """Return a probe whose log-odds are those of another, times a factor."""
    weights = _rounded(factor * weight for weight in probe.weights)
    return Probe(tuple(weights), round(factor * probe.bias, _DIGITS))


def _rounded(weights: Iterable[float]) -> list[float]:
    return [float(f"{weight:.{_DIGITS}g}") for weight in weights]
