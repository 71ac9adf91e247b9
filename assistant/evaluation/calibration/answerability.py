"""Calibrate answerability: fit P(the evidence answers the question) on a model's probe inputs.

A linear probe is fitted on the inputs at the end of questions with known labels. A logistic
regression on its held-out log-odds then turns these into probabilities (Platt scaling).

Design notes: docs/design/answerability.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.errors import InputError
from assistant.evaluation.calibration.examples import AnswerabilityExample, collect_examples
from assistant.evaluation.calibration.probe import FOLDS, fit_probe
from assistant.evaluation.evaluate import OnProgress
from assistant.evaluation.questions import Question
from assistant.models import Calibration, calibration_of
from assistant.settings import Settings

# Minimum number of answered and of unanswered questions.
_MIN_EXAMPLES = 15
ANSWERED_SHARE = 0.8
"""Assumed share of questions that the papers answer. The share in a question set is arbitrary, and
must not move the probability."""

# Weight of an example from the whole library, relative to one whose papers were removed. The latter
# are more numerous and easier to classify.
_WHOLE_LIBRARY_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class AnswerabilityFit:
    """A calibration, and its quality on held-out papers.

    Attributes:
        calibration: fitted on all examples.
        n: number of examples.
        auc: area under the ROC curve of the held-out log-odds.
        log_loss: mean log loss of the held-out probabilities in nats, weighted as if a share of
            0.8 were answered.
        log_loss_constant: the same for the constant probability 0.8.
    """

    calibration: Calibration
    n: int
    auc: float
    log_loss: float
    log_loss_constant: float


def calibrate_answerability(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> AnswerabilityFit:
    """Collect probe inputs for questions, and fit the calibration.

    Args:
        library: the library folder; None for the default one.
        questions: answerable and unanswerable questions about its papers.
        settings: the assistant's settings. The abstention threshold has no effect.
        out: file that the probe inputs are appended to, one JSON object per line. Examples already
            in it are not collected again, and are part of the fit.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds examples of another model or other prompts, or cannot be written,
            or there are too few examples of either label.
    """
    examples = collect_examples(library, questions, settings, out=out, on_progress=on_progress)
    return fit_answerability(examples, calibration_of(settings.model))


def fit_answerability(
    examples: Sequence[AnswerabilityExample], before: Calibration
) -> AnswerabilityFit:
    """Fit a probe, and the slope and bias that turn its log-odds into probabilities.

    Args:
        examples: examples of both labels.
        before: the model's calibration. Values that are not fitted are kept.

    Raises:
        InputError: there are too few examples of either label.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score

    answered = np.array([example.answered for example in examples], dtype=bool)
    whole_library = np.array([not example.papers_removed for example in examples], dtype=bool)
    papers = np.array([example.paper for example in examples])
    for group in (answered & whole_library, ~answered & whole_library):
        if group.sum() < _MIN_EXAMPLES or len(set(papers[group])) < FOLDS:
            raise InputError(
                f"The evidence answers {(answered & whole_library).sum()} of {whole_library.sum()} "
                f"questions: at least {_MIN_EXAMPLES} answered and {_MIN_EXAMPLES} unanswered ones "
                f"are needed, each about {FOLDS} papers or more. Ask more questions, some of them "
                "unanswerable."
            )
    states = np.array([example.state for example in examples])
    sample_weights = np.where(whole_library, _WHOLE_LIBRARY_WEIGHT, 1.0)
    probe_fit = fit_probe(states, answered, sample_weights, papers)
    scores, labels = probe_fit.held_out[whole_library, None], answered[whole_library]
    share = float(labels.mean())
    weights = np.where(labels, ANSWERED_SHARE / share, (1 - ANSWERED_SHARE) / (1 - share))
    scaling = LogisticRegression(C=1e6).fit(scores, labels, sample_weight=weights)
    return AnswerabilityFit(
        replace(
            before,
            yes_slope=round(float(scaling.coef_[0, 0]), 3),
            yes_bias=round(float(scaling.intercept_[0]), 3),
            probe=probe_fit.probe,
        ),
        n=len(examples),
        auc=float(roc_auc_score(labels, scores[:, 0])),
        log_loss=float(log_loss(labels, scaling.predict_proba(scores), sample_weight=weights)),
        log_loss_constant=float(
            log_loss(
                [True, False],
                [ANSWERED_SHARE] * 2,
                sample_weight=[ANSWERED_SHARE, 1 - ANSWERED_SHARE],
            )
        ),
    )
