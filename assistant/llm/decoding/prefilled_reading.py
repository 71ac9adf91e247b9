"""The model's outputs for a prompt in the KV cache: logits, likelihoods, attention values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.llm.kv_cache.codec import KvVectors
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller

# The layers to use, as fractions of the depth. Layers past the middle are the most informative
# about whether the papers answer the question: early ones represent little more than the words,
# the last ones little more than the next token.
_FIRST_LAYER, _END_LAYER = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class PrefilledReading:
    """A `PromptReading` of a prefilled prompt. Use it on the worker's thread only."""

    prefiller: Prefiller
    prefilled: PrefilledPrompt

    @property
    def log_likelihood(self) -> float:
        """Log P(question given papers), in nats; 0 if it was not requested."""
        return self.prefilled.log_likelihood

    def word_probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probabilities of each word's first token, normalised over the words."""
        scores = np.array([self._best_logit(word) for word in words])
        weights = np.exp(scores - scores.max())
        probabilities: list[float] = (weights / weights.sum()).tolist()
        return probabilities

    def first_word_probability(self, words: Sequence[str]) -> float:
        """Return the probability that the reply begins with the first token of a word."""
        logits = self.prefilled.logits
        first = {token for word in words for token in self._first_tokens(word)}
        weights = np.exp(logits - logits.max())
        return float(weights[list(first)].sum() / weights.sum())

    def question_state(self) -> KvVectors | None:
        """Return the probe input at the end of the question; None if the layout is unknown."""
        return self._state(self.prefilled.last_question_token)

    def reply_state(self) -> KvVectors | None:
        """Return the probe input at the end of the prompt; None if the layout is unknown."""
        return self._state(len(self.prefilled.slot.cells) - 1)

    def _state(self, index: int) -> KvVectors | None:
        values = self.prefiller.values(self.prefilled.slot, index)
        if values is None:
            return None
        first, end = (round(fraction * len(values)) for fraction in (_FIRST_LAYER, _END_LAYER))
        return values[first:end].ravel()

    def _best_logit(self, word: str) -> float:
        """Return the highest logit among the first tokens of the spellings of a word."""
        return max(float(self.prefilled.logits[token]) for token in self._first_tokens(word))

    def _first_tokens(self, word: str) -> list[int]:
        spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
        model = self.prefiller.llama.model
        return [model.tokenize(form, False)[0] for form in spellings]
