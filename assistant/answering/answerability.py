"""Deciding: one calibrated probability that the evidence answers the question.

Deciding is apart from writing: a small model that is offered a way out in the prompt of the answer
takes it far too often. Before writing, the model's state at the end of the question is all that the
probability is made of, read by a probe; or, for a model without one, its reply to whether the
evidence answers. On held-out folds neither the similarity of the nearest chunk nor the coverage of
the question's words added to it. After writing it counts too whether anything of what the model
wrote holds.

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
class Decision:
    """What a question was decided by, to fit a probe on.

    Attributes:
        papers: of the evidence.
        state: the model's at the end of the question.
    """

    papers: tuple[Paper, ...]
    state: Values


def apply_probe(probe: Probe, state: Values | None) -> float:
    """Return how sure a model is, 0 to 1, that the evidence answers, as a probe tells of its state.

    Raises:
        ModelError: the probe was fitted on another model's states.
    """
    if state is None or len(state) != len(probe.weights):
        raise ModelError(
            "The calibration belongs to another model or version: make it again with "
            "`assistant eval calibrate`."
        )
    return share_at(float(state @ np.array(probe.weights)) + probe.bias)


def answer_probability(yes: float, calibration: Calibration, *, ungrounded: bool = False) -> float:
    """Return the probability, 0 to 1, that the evidence answers the question.

    Args:
        yes: how sure the model is that it does, 0 to 1.
        calibration: of the model.
        ungrounded: whether an answer was written of which no sentence holds.
    """
    logit = calibration.yes_slope * log_odds(yes) + calibration.yes_bias
    if ungrounded:
        logit += calibration.ungrounded_bias
    return share_at(logit)
