"""Probabilities as log-odds and back, both kept finite."""

import math

# Shares nearer to 0 or 1 carry no information: the logits come from a 4-bit model.
_SURE = 1e-4
_FAR = 50.0  # beyond this, exp() would overflow or change nothing


def log_odds(share: float) -> float:
    """Return the log-odds of a share, 0 to 1, kept finite."""
    share = min(max(share, _SURE), 1 - _SURE)
    return math.log(share / (1 - share))


def share_at(odds: float) -> float:
    """Return the share, 0 to 1, that has these log-odds (the logistic function)."""
    return 1 / (1 + math.exp(-min(max(odds, -_FAR), _FAR)))
