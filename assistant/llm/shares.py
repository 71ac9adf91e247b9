"""How the model weighs some words as the beginning of its answer."""

from collections.abc import Sequence

import numpy as np

from assistant.llm.context import LlamaContext, Logits


def word_shares(llama: LlamaContext, logits: Logits, words: Sequence[str]) -> list[float]:
    """Return the share of each word in the first token of an answer; they sum to 1.

    Args:
        llama: the model.
        logits: of the first token, shape (vocabulary,).
        words: as an answer would write them.
    """
    scores = np.array([_best_logit(llama, logits, word) for word in words])
    weights = np.exp(scores - scores.max())
    shares: list[float] = (weights / weights.sum()).tolist()
    return shares


def _best_logit(llama: LlamaContext, logits: Logits, word: str) -> float:
    """Return the best logit among the first tokens of a word's spellings."""
    spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
    return max(float(logits[llama.tokenize(form, False)[0]]) for form in spellings)
