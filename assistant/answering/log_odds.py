"""Conversion between probabilities and log-odds, clipped so that both stay finite."""

import math

# Probabilities closer to 0 or 1 than this are clipped: the logits of a 4-bit model are too coarse.
_SURE = 1e-4
_FAR = 50.0  # beyond this, exp() would overflow or change nothing


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, 0 to 1, clipped to stay finite."""
    probability = min(max(probability, _SURE), 1 - _SURE)
    return math.log(probability / (1 - probability))


def sigmoid(odds: float) -> float:
    """Return the probability, 0 to 1, that has these log-odds (the logistic function)."""
    return 1 / (1 + math.exp(-min(max(odds, -_FAR), _FAR)))
