"""Probabilities as log-odds and back, both kept finite."""

import math

# A share nearer to 0 or 1 says no more: the logits are those of a 4-bit model.
_SURE = 1e-4
_FAR = 50.0  # log-odds that are as good as endless


def log_odds(share: float) -> float:
    """Return the log-odds of a share, 0 to 1, kept finite."""
    share = min(max(share, _SURE), 1 - _SURE)
    return math.log(share / (1 - share))


def share_at(odds: float) -> float:
    """Return the share, 0 to 1, of some log-odds."""
    return 1 / (1 + math.exp(-min(max(odds, -_FAR), _FAR)))
