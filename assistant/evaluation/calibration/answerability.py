"""Calibrating a model: what its state tells of whether the evidence answers a question.

On its states at the end of questions of which it is known whether they are answered, a linear probe
is fitted (`Probe`), and on what it says of held-out papers, what that means in probabilities.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.errors import InputError
from assistant.evaluation.calibration.examples import Example, gather
from assistant.evaluation.calibration.probe import FOLDS, fit_probe
from assistant.evaluation.evaluate import OnProgress
from assistant.evaluation.questions import Question
from assistant.models import Calibration, calibration_of
from assistant.settings import Settings

# With fewer of either kind the probe would be a guess.
_FEWEST = 15
# Of the questions that people ask about their papers so many are answered by them. A question set
# may have any share of unanswerable ones, which must not move the probability.
_ANSWERED = 0.8
# How much more a question that the library is asked in earnest counts than one that it is asked
# without the papers that answer it: the latter are many, and easier to tell.
_EARNEST = 2.0


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration, and how well it does on papers that it was not fitted on.

    Attributes:
        calibration: fitted on all examples.
        n: how many they are.
        auc: area under the ROC curve of "the evidence answers", of held-out papers.
        log_loss: mean, of the same, in nats, as if 0.8 of them were answered.
        log_loss_constant: of the same, were each given that share.
    """

    calibration: Calibration
    n: int
    auc: float
    log_loss: float
    log_loss_constant: float


def calibrate(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> Calibrated:
    """Look at the model's states at the end of questions, and fit the calibration.

    Args:
        library: its folder; None for the default one.
        questions: about its papers, answerable ones and others.
        settings: of the assistant; the abstention threshold does not matter.
        out: where the states are kept, one JSON object a line. Those that are there count as well,
            and are not asked for again: a cut run goes on, and several libraries make one fit.
        on_progress: told before the first question and after each.

    Raises:
        InputError: ``out`` holds states of another model or to other prompts, or cannot be
            written, or there are too few questions of either kind to fit anything.
    """
    examples = gather(library, questions, settings, out=out, on_progress=on_progress)
    return fit(examples, calibration_of(settings.model))


def fit(examples: Sequence[Example], before: Calibration) -> Calibrated:
    """Fit a probe and what it means in probabilities.

    Args:
        examples: of which at least some answer and some do not.
        before: the calibration that the model has; what is not fitted is kept.

    Raises:
        InputError: there are too few examples of either kind to fit anything.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score

    answers = np.array([example.answers for example in examples], dtype=bool)
    earnest = np.array([not example.beside for example in examples], dtype=bool)
    papers = np.array([example.paper for example in examples])
    for these in (answers & earnest, ~answers & earnest):
        if these.sum() < _FEWEST or len(set(papers[these])) < FOLDS:
            raise InputError(
                f"The evidence answers {(answers & earnest).sum()} of {earnest.sum()} questions: "
                f"at least {_FEWEST} that it answers and {_FEWEST} others, each about {FOLDS} "
                "papers or more, are needed. Ask more questions, unanswerable ones among them."
            )
    states = np.array([example.state for example in examples])
    found = fit_probe(states, answers, np.where(earnest, _EARNEST, 1.0), papers)
    told, right = found.held_out[earnest, None], answers[earnest]
    share = float(right.mean())
    weights = np.where(right, _ANSWERED / share, (1 - _ANSWERED) / (1 - share))
    meaning = LogisticRegression(C=1e6).fit(told, right, sample_weight=weights)
    return Calibrated(
        replace(
            before,
            yes_slope=round(float(meaning.coef_[0, 0]), 3),
            yes_bias=round(float(meaning.intercept_[0]), 3),
            probe=found.probe,
        ),
        n=len(examples),
        auc=float(roc_auc_score(right, told[:, 0])),
        log_loss=float(log_loss(right, meaning.predict_proba(told), sample_weight=weights)),
        log_loss_constant=float(
            log_loss([True, False], [_ANSWERED] * 2, sample_weight=[_ANSWERED, 1 - _ANSWERED])
        ),
    )
