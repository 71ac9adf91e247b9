"""Answerability: the calibrated probability that the evidence answers the question.

It is scored before the answer is generated. A small model whose answer prompt offers a way out
takes it far too often. The score is a linear probe of the model's state at the end of the
question. A model without a probe is asked instead whether the evidence answers. On held-out folds
neither the similarity of the nearest chunk nor the share of the question's words in the evidence
improved the probability. After generation it also counts whether any sentence passed its checks.

Design notes: docs/design/answerability.md
"""

from dataclasses import dataclass

import numpy as np

from assistant.answering.log_odds import log_odds, share_at
from assistant.errors import ModelError
from assistant.llm import Values
from assistant.models import Calibration, Probe
from assistant.papers import Paper


@dataclass(frozen=True, slots=True, eq=False)
class AnswerabilityExample:
    """What the probe is fitted on.

    Attributes:
        papers: of the evidence.
        state: the model's state at the end of the question, shape (features,).
    """

    papers: tuple[Paper, ...]
    state: Values


def apply_probe(probe: Probe, state: Values | None) -> float:
    """Apply a linear probe to a state, or to features; return the probability, 0 to 1.

    Raises:
        ModelError: the probe was fitted on the states of another model, or on other features.
    """
    if state is None or len(state) != len(probe.weights):
        raise ModelError(
            "The calibration belongs to another model or version: make it again with "
            "`assistant eval calibrate`."
        )
    return share_at(float(state @ np.array(probe.weights)) + probe.bias)


def answer_probability(
    score: float, calibration: Calibration, *, ungrounded: bool = False
) -> float:
    """Return the calibrated probability, 0 to 1, that the evidence answers the question.

    Args:
        score: P(answerable) by the probe, or the share of yes in the model's reply.
        calibration: of the model.
        ungrounded: whether an answer was generated and no sentence of it passed the checks.
    """
    logit = calibration.yes_slope * log_odds(score) + calibration.yes_bias
    if ungrounded:
        logit += calibration.ungrounded_bias
    return share_at(logit)
