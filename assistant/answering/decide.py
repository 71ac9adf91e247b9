"""Deciding: one calibrated probability that the evidence answers the question.

Deciding is apart from writing: a small model that is offered a way out in the prompt of the answer
takes it far too often.
"""

import math

# A logistic regression of "the answer was right" on the logit of the model's yes, fitted on 105
# development questions with the default model; cross-validated, neither the similarity of the
# nearest chunk nor the coverage of the question's words added to it.
_SLOPE = 1.4
_BIAS = -1.8

# A share nearer to 0 or 1 says no more: the logits are those of a 4-bit model.
_SURE = 1e-4


def answer_probability(yes: float) -> float:
    """Return the probability, 0 to 1, that the evidence answers the question.

    Args:
        yes: the share of yes, 0 to 1, in the model's reply to whether the evidence states the
            answer.
    """
    share = min(max(yes, _SURE), 1 - _SURE)
    return 1 / (1 + math.exp(-(_SLOPE * math.log(share / (1 - share)) + _BIAS)))
