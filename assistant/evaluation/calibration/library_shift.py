"""Calibrate a library: fit the shift of P(answerable) for questions about its papers.

The shift is one number, the maximum a posteriori under a normal prior around 0. With few questions
it stays near 0, the model's own calibration; with many, the data dominate.

Design notes: docs/design/answerability.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.answering.answerability import apply_probe
from assistant.answering.library_calibration import LibraryCalibration
from assistant.answering.log_odds import log_odds
from assistant.errors import InputError
from assistant.evaluation.calibration.answerability import ANSWERED_SHARE
from assistant.evaluation.calibration.examples import AnswerabilityExample, collect_examples
from assistant.evaluation.calibration.probe import FOLDS, Booleans, Floats
from assistant.evaluation.evaluate import OnProgress
from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.questions import Question
from assistant.models import Calibration, calibration_of
from assistant.settings import Settings

# The standard deviation of the prior, in log-odds. The calibrations in eval/calibration/ that were
# fitted on one library each put the threshold of 0.6 at scores that lie 0.7 apart, which is
# a standard deviation of 0.5.
_PRIOR_DEVIATION = 0.5


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions at the abstention threshold, on held-out papers.

    Attributes:
        abstention_recall: share of the unanswerable questions that are abstained on.
        abstained_on_answerable: share of the answerable questions that are abstained on.
    """

    abstention_recall: Estimate
    abstained_on_answerable: Estimate


@dataclass(frozen=True, slots=True)
class LibraryFit:
    """A library's calibration.

    Attributes:
        calibration: the model's calibration.
        fitted: the library's calibration, fitted on all questions.
        before: the decisions with the model's calibration.
        after: the decisions with shifts that were fitted without the question's paper.
    """

    calibration: Calibration
    fitted: LibraryCalibration
    before: Decisions
    after: Decisions


def calibrate_library(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> LibraryFit:
    """Collect the model's probe inputs for questions about a library, and fit its calibration.

    Args:
        library: the library folder; None for the default one.
        questions: answerable and unanswerable questions about its papers.
        settings: the assistant's settings.
        out: file that the probe inputs are appended to, one JSON object per line. Those of other
            libraries in it are ignored.
        on_progress: called before the first question and after each.

    Raises:
        InputError: the model has no probe, there are too few questions, or ``out`` holds something
            else.
    """
    calibration = calibration_of(settings.model)
    if calibration.probe is None:
        raise InputError(
            f"The model {settings.model} has no calibration that a library could differ from. Make "
            "one with `assistant eval calibrate`."
        )
    asked = {question.standalone or question.text for question in questions}
    examples = collect_examples(library, questions, settings, out=out, on_progress=on_progress)
    with Assistant.open(library, settings=settings) as assistant:
        here = assistant.library.fingerprint()
    own = [one for one in examples if one.library == here and one.question in asked]
    return fit_library(own, calibration, settings.abstention_threshold)


def fit_library(
    examples: Sequence[AnswerabilityExample], calibration: Calibration, threshold: float
) -> LibraryFit:
    """Fit the shift of a library, and measure it on held-out papers.

    Args:
        examples: the examples of one library.
        calibration: the model's calibration, with a probe.
        threshold: the abstention threshold, 0 to 1.

    Raises:
        InputError: all examples have the same label, or they are about too few papers.
    """
    from sklearn.model_selection import GroupKFold

    labels = np.array([one.answered for one in examples], dtype=bool)
    papers = np.array([one.paper for one in examples])
    if labels.all() or not labels.any() or len(set(papers)) < FOLDS:
        raise InputError(
            f"A library is calibrated on answered and unanswered questions about at least {FOLDS} "
            f"papers. The evidence answers {labels.sum()} of these {len(labels)} questions about "
            f"{len(set(papers))} papers. Write more with `assistant eval generate`."
        )
    assert calibration.probe is not None
    scores = [
        log_odds(apply_probe(calibration.probe, np.array(one.state, dtype=np.float32)))
        for one in examples
    ]
    logits = calibration.yes_slope * np.array(scores) + calibration.yes_bias
    shifts = np.zeros(len(logits))
    for train, test in GroupKFold(FOLDS).split(logits, labels, papers):
        shifts[test] = fit_shift(logits[train], labels[train])
    return LibraryFit(
        calibration,
        LibraryCalibration(
            shift=round(fit_shift(logits, labels), 3),
            questions=len(labels),
            answered=int(labels.sum()),
            fitted=datetime.now(UTC).date().isoformat(),
        ),
        before=_decisions(logits, labels, threshold),
        after=_decisions(logits + shifts, labels, threshold),
    )


def fit_shift(logits: Floats, labels: Booleans) -> float:
    """Return the shift of log-odds that the labels make most probable, given the prior.

    The labels are weighted as if the share `ANSWERED_SHARE` were answered; the weights sum to the
    number of labels, so that enough labels outweigh the prior. The shift is 0 if one of the two
    labels is missing.
    """
    from scipy.optimize import minimize_scalar

    share = labels.mean()
    if share in (0, 1):
        return 0.0
    weights = np.where(labels, ANSWERED_SHARE / share, (1 - ANSWERED_SHARE) / (1 - share))
    signs = np.where(labels, 1.0, -1.0)

    def loss(shift: float) -> float:
        likelihood = weights @ np.logaddexp(0, -signs * (logits + shift))
        return float(likelihood + (shift / _PRIOR_DEVIATION) ** 2 / 2)

    return float(minimize_scalar(loss).x)


def _decisions(logits: Floats, labels: Booleans, threshold: float) -> Decisions:
    abstained = (1 / (1 + np.exp(-logits)) < threshold).astype(float)
    return Decisions(
        abstention_recall=intervals.mean(abstained[~labels].tolist()),
        abstained_on_answerable=intervals.mean(abstained[labels].tolist()),
    )
