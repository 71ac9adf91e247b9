"""What is read off a prompt before an answer to it is written.

Either off the reply: the logits of its first token. Or off what the user says: how likely it is,
and the model's state behind it.

Design notes: docs/design/answerability.md
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

import numpy as np

from assistant.llm.kv_cache.codec import Values
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller
from assistant.llm.llama import LlamaContext, Logits

T = TypeVar("T")
Readout: TypeAlias = Callable[[Prefiller, PrefilledPrompt], T]
"""Reads something off a prompt that stands in the context; on the engine's thread."""

# The layers whose values are read, as shares of all: those past the middle tell most of whether the
# answer is there. The first know little beyond the words, the last little beyond the next one.
_FROM, _TO = 0.6, 0.9


def read_shares(words: Sequence[str]) -> Readout[list[float]]:
    """Return what reads the share of each of some words in the reply; the shares sum to 1.

    Args:
        words: as an answer would write them.
    """

    def read(reader: Prefiller, seated: PrefilledPrompt) -> list[float]:
        scores = np.array([_best_logit(reader.llama, seated.logits, word) for word in words])
        weights = np.exp(scores - scores.max())
        shares: list[float] = (weights / weights.sum()).tolist()
        return shares

    return read


def read_beginning(words: Sequence[str]) -> Readout[float]:
    """Return what reads the share of all replies, 0 to 1, that begin with one of some words.

    Args:
        words: as an answer would write them.
    """

    def read(reader: Prefiller, seated: PrefilledPrompt) -> float:
        first = {token for word in words for token in _first_tokens(reader.llama, word)}
        weights = np.exp(seated.logits - seated.logits.max())
        return float(weights[list(first)].sum() / weights.sum())

    return read


def read_yes(reader: Prefiller, seated: PrefilledPrompt) -> float:
    """Read the share of yes, beside no, in the reply."""
    yes, _ = read_shares(("yes", "no"))(reader, seated)
    return yes


def read_state(reader: Prefiller, seated: PrefilledPrompt) -> Values | None:
    """Read the model's state at the end of what the user says: what a probe weighs.

    That is what the layers past its middle keep as values of the last token, which should be the
    same for all questions. Values are linear in the hidden states that they are made of, and lie in
    the key-value cache already: nothing is computed.

    Returns:
        Shape (layers x values of a token,); None if this model keeps values in another way.
    """
    return _state(reader, seated, seated.asked)


def read_state_to_reply(reader: Prefiller, seated: PrefilledPrompt) -> Values | None:
    """Read the same where the reply begins: at the last token of the prompt."""
    return _state(reader, seated, len(seated.seat.cells) - 1)


def read_question(reader: Prefiller, seated: PrefilledPrompt) -> tuple[float, Values | None]:
    """Read how likely what the user says is, in nats, and the model's state behind it.

    The likelihood is only known of prompts that were read for it: see `Engine.score_prompts`.
    """
    return seated.log_likelihood, read_state(reader, seated)


def _state(reader: Prefiller, seated: PrefilledPrompt, place: int) -> Values | None:
    values = reader.values(seated.seat, place)
    if values is None:
        return None
    first, end = (round(share * len(values)) for share in (_FROM, _TO))
    return values[first:end].ravel()


def _best_logit(llama: LlamaContext, logits: Logits, word: str) -> float:
    """Return the best logit among the first tokens of a word's spellings."""
    return max(float(logits[token]) for token in _first_tokens(llama, word))


def _first_tokens(llama: LlamaContext, word: str) -> list[int]:
    spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
    return [llama.tokenize(form, False)[0] for form in spellings]
