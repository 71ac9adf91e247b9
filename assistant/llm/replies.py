"""What is read off a model's reply before it is written: the logits of its first token."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from scipy.special import expit

from assistant.llm.context import LlamaContext, Logits
from assistant.models import Probe

T = TypeVar("T")
ReadReply: TypeAlias = Callable[[LlamaContext, Logits], T]
"""Reads something off the logits of a first token, shape (vocabulary,); on the engine's thread."""


def read_shares(words: Sequence[str]) -> ReadReply[list[float]]:
    """Return what reads the share of each of some words; the shares sum to 1.

    Args:
        words: as an answer would write them.
    """

    def read(llama: LlamaContext, logits: Logits) -> list[float]:
        scores = np.array([_best_logit(llama, logits, word) for word in words])
        weights = np.exp(scores - scores.max())
        shares: list[float] = (weights / weights.sum()).tolist()
        return shares

    return read


def read_yes(probe: Probe | None = None) -> ReadReply[float]:
    """Return what reads how sure a reply is of yes, 0 to 1.

    Args:
        probe: of the model; without one, the share of the word yes beside no is read.
    """
    if probe is None:
        shares = read_shares(("yes", "no"))
        return lambda llama, logits: shares(llama, logits)[0]
    weights = np.array(probe.weights)

    def read(llama: LlamaContext, logits: Logits) -> float:
        log_odds = float(read_probed(llama, logits)[: len(weights)] @ weights) + probe.bias
        return float(expit(log_odds))

    return read


def read_probed(_: LlamaContext, logits: Logits) -> Logits:
    """Read the logits that a probe weighs, shape (`Probe.TOKENS`,) or fewer."""
    return logits[Probe.FIRST_TOKEN :][: Probe.TOKENS].copy()


def _best_logit(llama: LlamaContext, logits: Logits, word: str) -> float:
    """Return the best logit among the first tokens of a word's spellings."""
    spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
    return max(float(logits[llama.tokenize(form, False)[0]]) for form in spellings)
