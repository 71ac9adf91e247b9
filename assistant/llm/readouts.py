"""Readouts of a prefilled prompt, before an answer to it is generated.

A readout uses the logits of the reply's first token, the likelihood of the user's message, or the
model's hidden state, as far as the KV cache holds it.

Design notes: docs/design/answerability.md
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

import numpy as np

from assistant.llm.kv_cache.codec import Values
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller
from assistant.llm.llama import LlamaModel, Logits

T = TypeVar("T")
Readout: TypeAlias = Callable[[Prefiller, PrefilledPrompt], T]
"""Computes something of a prefilled prompt; called on the worker's thread."""

# The layers to read, as fractions of all. Those past the middle are the most informative about
# whether the papers answer the question: early ones represent little more than the words, the last
# ones little more than the next token.
_FIRST_LAYER, _END_LAYER = 0.6, 0.9


def read_shares(words: Sequence[str]) -> Readout[list[float]]:
    """Build a readout of first-token probabilities of the reply, normalised over some words.

    Args:
        words: as an answer would write them.
    """

    def read(prefiller: Prefiller, prefilled: PrefilledPrompt) -> list[float]:
        model = prefiller.llama.model
        scores = np.array([_best_logit(model, prefilled.logits, word) for word in words])
        weights = np.exp(scores - scores.max())
        shares: list[float] = (weights / weights.sum()).tolist()
        return shares

    return read


def read_first_word_share(words: Sequence[str]) -> Readout[float]:
    """Build a readout of the probability that the reply begins with one of some words.

    Args:
        words: as an answer would write them.
    """

    def read(prefiller: Prefiller, prefilled: PrefilledPrompt) -> float:
        model = prefiller.llama.model
        first = {token for word in words for token in _first_tokens(model, word)}
        weights = np.exp(prefilled.logits - prefilled.logits.max())
        return float(weights[list(first)].sum() / weights.sum())

    return read


def read_yes(prefiller: Prefiller, prefilled: PrefilledPrompt) -> float:
    """Read the probability of yes in the reply, normalised over yes and no."""
    yes, _ = read_shares(("yes", "no"))(prefiller, prefilled)
    return yes


def read_question_state(prefiller: Prefiller, prefilled: PrefilledPrompt) -> Values | None:
    """Read the model's state at the last token of the user's message: the input of a probe.

    The state is the attention values of that token in the layers past the middle. The token should
    be the same for all questions. Values are linear in the hidden states, and they are in the KV
    cache already: nothing has to be computed.

    Returns:
        Shape (layers x values,); None if the model's KV cache has an unknown layout.
    """
    return _state(prefiller, prefilled, prefilled.last_question_token)


def read_reply_state(prefiller: Prefiller, prefilled: PrefilledPrompt) -> Values | None:
    """Read the model's state at the last token of the prompt, where the reply begins."""
    return _state(prefiller, prefilled, len(prefilled.slot.cells) - 1)


def read_likelihood_and_state(
    prefiller: Prefiller, prefilled: PrefilledPrompt
) -> tuple[float, Values | None]:
    """Read log P(question given papers), in nats, and the model's state at its end.

    The likelihood is available if it was requested: see `Engine.score_prompts`.
    """
    return prefilled.log_likelihood, read_question_state(prefiller, prefilled)


def _state(prefiller: Prefiller, prefilled: PrefilledPrompt, index: int) -> Values | None:
    values = prefiller.values(prefilled.slot, index)
    if values is None:
        return None
    first, end = (round(fraction * len(values)) for fraction in (_FIRST_LAYER, _END_LAYER))
    return values[first:end].ravel()


def _best_logit(model: LlamaModel, logits: Logits, word: str) -> float:
    """Return the highest logit among the first tokens of a word's spellings."""
    return max(float(logits[token]) for token in _first_tokens(model, word))


def _first_tokens(model: LlamaModel, word: str) -> list[int]:
    spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
    return [model.tokenize(form, False)[0] for form in spellings]
