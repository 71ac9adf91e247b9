"""Answerability: the calibrated probability that the evidence answers the question.

It is estimated before the answer is generated: if the answer prompt allows a small model to
abstain, it does so far too often. The score comes from a linear probe, whose input is read at the
end of the question. A model without a probe is asked whether the evidence answers the question.
Adding the similarity of the nearest chunk, or the share of the question's words found in the
evidence, did not improve the estimate on held-out folds. After generation, the probability is
lowered if no sentence passed its checks.

Design notes: docs/design/answerability.md
"""

from dataclasses import dataclass

import numpy as np

from assistant.answering.log_odds import log_odds, sigmoid
from assistant.errors import ModelError
from assistant.llm import KvVectors
from assistant.models import Calibration, Probe
from assistant.papers import Paper


@dataclass(frozen=True, slots=True, eq=False)
class AnswerabilityExample:
    """A training example for the probe.

    Attributes:
        papers: the papers of the evidence.
        state: the probe input at the end of the question, shape (features,).
    """

    papers: tuple[Paper, ...]
    state: KvVectors


def apply_probe(probe: Probe, state: KvVectors | None) -> float:
    """Apply a linear probe to its input or a feature vector; return the probability, 0 to 1.

    Raises:
        ModelError: the probe does not fit: it was fitted on another model or other features.
    """
    if state is None or len(state) != len(probe.weights):
        raise ModelError(
            "The calibration belongs to another model or version: make it again with "
            "`assistant eval calibrate`."
        )
    return sigmoid(float(state @ np.array(probe.weights)) + probe.bias)


def answer_probability(
    score: float, calibration: Calibration, *, ungrounded: bool = False
) -> float:
    """Return the calibrated probability, 0 to 1, that the evidence answers the question.

    Args:
        score: P(answerable) from the probe, or P(yes) from the model's reply.
        calibration: of the model.
        ungrounded: whether an answer was generated and none of its sentences passed the checks.
    """
    logit = calibration.yes_slope * log_odds(score) + calibration.yes_bias
    if ungrounded:
        logit += calibration.ungrounded_bias
    return sigmoid(logit)
