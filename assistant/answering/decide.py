"""Deciding: one calibrated probability that the evidence answers the question.

Deciding is apart from writing: a small model that is offered a way out in the prompt of the answer
takes it far too often. Before writing, the model's reply to whether the evidence answers is all
that the probability is made of: on held-out folds neither the similarity of the nearest chunk nor
the coverage of the question's words added to it. After writing it counts too whether anything of
what the model wrote holds.
"""

import math
from dataclasses import dataclass

from assistant.llm import Logits
from assistant.models import Calibration
from assistant.papers import Paper

# A share nearer to 0 or 1 says no more: the logits are those of a 4-bit model.
_SURE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What a question was decided by, to fit a probe on.

    Attributes:
        papers: of the evidence.
        logits: what a probe sees of the reply to whether the evidence answers the question.
    """

    papers: tuple[Paper, ...]
    logits: Logits


def answer_probability(yes: float, calibration: Calibration, *, hollow: bool = False) -> float:
    """Return the probability, 0 to 1, that the evidence answers the question.

    Args:
        yes: how sure the model's reply to whether the evidence answers is of yes, 0 to 1.
        calibration: of the model.
        hollow: whether an answer was written of which no sentence holds.
    """
    logit = calibration.yes_slope * log_odds(yes) + calibration.yes_bias
    if hollow:
        logit += calibration.hollow_bias
    return 1 / (1 + math.exp(-logit))


def log_odds(share: float) -> float:
    """Return the log-odds of a share, 0 to 1, kept finite."""
    share = min(max(share, _SURE), 1 - _SURE)
    return math.log(share / (1 - share))
