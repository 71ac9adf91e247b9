"""Calibrate verdicts: fit the bias and the probe that decide between yes and no, true and false.

Models lean towards yes and true. The bias is the log-odds at which both verdicts are equally
likely. A probe is added to the log-odds of the reply if that separates the
verdicts better than the reply alone.

Design notes: docs/design/verdicts.md
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.log_odds import log_odds
from assistant.errors import InputError
from assistant.evaluation.calibration.probe import FOLDS, Booleans, Floats, fit_probe, scale_probe
from assistant.evaluation.calibration.verdict_examples import (
    VerdictExample,
    collect_verdict_examples,
)
from assistant.evaluation.evaluate import OnProgress
from assistant.evaluation.questions import VERDICT_SCALES, Question
from assistant.models import Calibration, Probe, calibration_of
from assistant.settings import Settings

# Minimum number of examples of each of the two verdicts.
_MIN_EXAMPLES = 15
# Assumed share of affirmative verdicts, as in SciFact and PubMedQA. The share in a question set is
# arbitrary, and must not move the bias.
_AFFIRMATIVE_SHARE = 0.65
# Maximum weight of the probe's log-odds relative to the reply's, so that the reply always counts.
_MAX_PROBE_WEIGHT = 4.0
_DIGITS = 3
_NAMES = ("verdict", "truth")  # prefixes of the fields of `Calibration`, by `VERDICT_SCALES`


@dataclass(frozen=True, slots=True)
class VerdictFit:
    """A calibration with fitted verdicts.

    Attributes:
        calibration: the previous one with new biases and probes for verdicts.
        n: number of examples.
        accuracy: share of correct verdicts, "maybe" left out; on held-out papers if there is a
            probe.
        accuracy_of_replies: the same by the reply alone, with its own bias.
    """

    calibration: Calibration
    n: int
    accuracy: float
    accuracy_of_replies: float


@dataclass(frozen=True, slots=True, eq=False)
class _ScaleFit:
    """The decision rule of one verdict scale.

    Attributes:
        bias: log-odds at which both verdicts are equally likely.
        probe: added to the log-odds of the reply; None if the reply alone does better.
        correct: number of correct verdicts.
        correct_by_reply: number of correct verdicts by the reply alone.
    """

    bias: float
    probe: Probe | None
    correct: int
    correct_by_reply: int


def calibrate_verdicts(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    name: str,
    out: Path,
    on_progress: OnProgress | None = None,
) -> VerdictFit:
    """Collect replies and probe inputs for verdict questions, and fit the calibration.

    Args:
        library: the library folder; None for the default one. Questions that include their
            abstracts are asked of a temporary library with just that abstract.
        questions: verdict questions.
        settings: the assistant's settings.
        name: name of the question set.
        out: file that the replies are appended to, one JSON object per line. Examples already in it
            are not collected again, and are part of the fit.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds examples of another model or other prompts, or cannot be written,
            or there are too few examples of a verdict.
    """
    examples = collect_verdict_examples(
        library, questions, settings, name=name, out=out, on_progress=on_progress
    )
    return fit_verdicts(examples, calibration_of(settings.model))


def fit_verdicts(examples: Sequence[VerdictExample], before: Calibration) -> VerdictFit:
    """Fit a bias and, where it helps, a probe for each verdict scale.

    Args:
        examples: the examples of one scale, or of both. A scale with too few is not fitted.
        before: the model's calibration. Values that are not fitted are kept.

    Raises:
        InputError: there are too few examples for any scale, or they do not separate the verdicts.
    """
    by_name = {
        name: _of_scale(examples, scale) for name, scale in zip(_NAMES, VERDICT_SCALES, strict=True)
    }
    sufficient = {name: group for name, group in by_name.items() if _is_sufficient(group)}
    if not sufficient:
        counts = Counter(one.label for group in by_name.values() for one in group)
        found = ", ".join(f"{verdict} {count}" for verdict, count in counts.items()) or "none"
        raise InputError(
            f"Correct verdicts of the questions that got a reply: {found}. At least "
            f"{_MIN_EXAMPLES} yes and {_MIN_EXAMPLES} no questions, or as many true and false "
            "claims, are needed. Ask more questions."
        )
    fits = {name: _fit_scale(group) for name, group in sufficient.items()}
    calibration = before
    for name, fit in fits.items():
        values: dict[str, Any] = {f"{name}_bias": fit.bias, f"{name}_probe": fit.probe}
        calibration = replace(calibration, **values)
    n = sum(map(len, sufficient.values()))
    return VerdictFit(
        calibration,
        n,
        sum(fit.correct for fit in fits.values()) / n,
        sum(fit.correct_by_reply for fit in fits.values()) / n,
    )


def _of_scale(examples: Sequence[VerdictExample], scale: tuple[str, ...]) -> list[VerdictExample]:
    """Return the examples of a scale, without those labelled "maybe"."""
    return [one for one in examples if one.scale == scale and one.label in scale[:2]]


def _is_sufficient(examples: Sequence[VerdictExample]) -> bool:
    affirmative = sum(one.is_affirmative for one in examples)
    return min(affirmative, len(examples) - affirmative) >= _MIN_EXAMPLES


def _fit_scale(examples: Sequence[VerdictExample]) -> _ScaleFit:
    """Fit one scale, with a probe if that has a higher AUC than the reply alone.

    Raises:
        InputError: the examples do not separate the verdicts.
    """
    from sklearn.metrics import roc_auc_score

    labels = np.array([one.is_affirmative for one in examples])
    weights = _sample_weights(examples, labels)
    reply = np.array([one.reply_log_odds for one in examples])
    dimensions = {len(one.state) for one in examples}
    papers = np.array([one.paper for one in examples])
    probe, scores = None, reply
    if len(dimensions) == 1 and 0 not in dimensions and len(set(papers)) >= FOLDS:
        found = fit_probe(np.array([one.state for one in examples]), labels, weights, papers)
        factor = _probe_weight(reply, found.held_out, labels, weights)
        combined = reply + factor * found.held_out
        if roc_auc_score(labels, combined, sample_weight=weights) > roc_auc_score(
            labels, reply, sample_weight=weights
        ):
            probe, scores = scale_probe(found.probe, factor), combined
    scale = examples[0].scale
    bias = _bias(scores, labels, weights, scale)
    reply_bias = _bias(reply, labels, weights, scale) if probe else bias
    return _ScaleFit(
        bias=round(bias, _DIGITS),
        probe=probe,
        correct=int(((scores > bias) == labels).sum()),
        correct_by_reply=int(((reply > reply_bias) == labels).sum()),
    )


def _sample_weights(examples: Sequence[VerdictExample], labels: Booleans) -> Floats:
    """Return weights that give each set the same total and each verdict its assumed share."""
    sets = np.array([one.question_set for one in examples])
    weights = np.ones(len(examples))
    for name in set(sets):
        shares = ((labels, _AFFIRMATIVE_SHARE), (~labels, 1 - _AFFIRMATIVE_SHARE))
        for has_label, share in shares:
            group = (sets == name) & has_label
            weights[group] = share / max(1, group.sum())
    weights *= len(examples) / weights.sum()
    return weights


def _probe_weight(reply: Floats, probe: Floats, labels: Booleans, weights: Floats) -> float:
    """Return the weight of the probe's log-odds relative to the reply's.

    It lies between 0 and `_MAX_PROBE_WEIGHT`.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e6)
    regression.fit(np.column_stack([reply, probe]), labels, sample_weight=weights)
    [[of_reply, of_probe]] = regression.coef_
    if of_probe <= 0:
        return 0.0
    return float(min(of_probe / of_reply, _MAX_PROBE_WEIGHT)) if of_reply > 0 else _MAX_PROBE_WEIGHT


def _bias(scores: Floats, labels: Booleans, weights: Floats, scale: Sequence[str]) -> float:
    """Return the log-odds at which both verdicts are equally likely.

    Raises:
        InputError: the scores do not separate the verdicts.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e6)
    regression.fit(scores[:, None], labels, sample_weight=weights)
    [[slope]], [intercept] = regression.coef_, regression.intercept_
    if slope <= 0 or abs(intercept / slope) > log_odds(1.0):
        raise InputError(
            f"This model's replies do not separate {scale[0]} from {scale[1]}: nothing was fitted. "
            "Choose another model for such questions."
        )
    return float(-intercept / slope)
