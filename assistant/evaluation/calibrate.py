"""Calibrating a model: what its yes is worth, from answers that are known to be right or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.answering.decide import log_odds
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, evaluate
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.questions import UNANSWERABLE, Question
from assistant.evaluation.run import Run
from assistant.models import Calibration, calibration_of
from assistant.settings import Settings

RAW = Calibration(yes_slope=1.0, yes_bias=0.0, hollow_bias=0.0)
"""With it an answer's confidence is the model's share of yes as it stands."""

# With fewer of either kind the two numbers would be guesses.
_FEWEST = 15
_FOLDS = 5
_STEPS = 50

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration and how well it does on questions that it was not fitted on.

    Attributes:
        calibration: fitted on all questions.
        n: how many they are.
        log_loss: mean, of held-out questions, in nats.
        log_loss_before: of the same questions under the calibration that the model had.
        log_loss_constant: of the same, were every answer given the share of right ones.
    """

    calibration: Calibration
    n: int
    log_loss: float
    log_loss_before: float
    log_loss_constant: float


def calibrate(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    name: str = "",
    out: Path | None = None,
    on_progress: OnProgress | None = None,
) -> Calibrated:
    """Ask all questions, abstaining on none, and fit what the model's yes is worth.

    Args:
        library: its folder; None for the default one.
        questions: answerable ones and others.
        settings: of the assistant; the abstention threshold does not matter.
        name: of the question set.
        out: where the answers go; those that are there are kept, as by `evaluate`.
        on_progress: told before the first question and after each.

    Raises:
        InputError: there are too few right or too few wrong answers to fit anything.
    """
    settings = replace(settings, abstention_threshold=0.0)
    with Assistant.open(library, settings=settings, calibration=RAW) as assistant:
        run = evaluate(assistant, questions, name=name, out=out, on_progress=on_progress)
    return fit(run, calibration_of(settings.model))


def fit(run: Run, before: Calibration) -> Calibrated:
    """Fit a logistic regression of "the answer was right" on the log-odds of yes.

    Args:
        run: made with the calibration `RAW` and without abstaining.
        before: the calibration that the model has; its verdict bias is kept.

    Raises:
        InputError: there are too few right or too few wrong answers to fit anything.
    """
    x = np.array([log_odds(prediction.confidence or 0.0) for _, prediction in run.results])
    right = np.array(
        [
            question.kind != UNANSWERABLE and answer_score(question, prediction) > 0.5
            for question, prediction in run.results
        ],
        dtype=np.float64,
    )
    if min(right.sum(), (1 - right).sum()) < _FEWEST:
        raise InputError(
            f"{int(right.sum())} of {len(right)} answers were right: at least {_FEWEST} right and "
            f"{_FEWEST} wrong ones are needed. Ask more questions, unanswerable ones among them."
        )
    held_out = np.empty_like(x)
    for fold in range(_FOLDS):
        rest = np.arange(len(x)) % _FOLDS != fold
        slope, bias = _regression(x[rest], right[rest])
        held_out[~rest] = slope * x[~rest] + bias
    slope, bias = _regression(x, right)
    return Calibrated(
        replace(before, yes_slope=round(slope, 3), yes_bias=round(bias, 3)),
        n=len(x),
        log_loss=_log_loss(held_out, right),
        log_loss_before=_log_loss(before.yes_slope * x + before.yes_bias, right),
        log_loss_constant=_log_loss(np.full_like(x, log_odds(float(right.mean()))), right),
    )


def _regression(x: Floats, right: Floats) -> tuple[float, float]:
    """Return slope and intercept by Newton's method, with a weak pull towards 0."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    weights = np.zeros(2)
    ridge = np.diag([0.1, 0.0])
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (probability - right) + ridge @ weights
        curvature = (design.T * (probability * (1 - probability))) @ design + ridge
        weights -= np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
    return float(weights[0]), float(weights[1])


def _log_loss(logits: Floats, right: Floats) -> float:
    return float(np.logaddexp(0, np.where(right == 1, -logits, logits)).mean())
