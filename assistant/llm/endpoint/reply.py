"""Readings of an endpoint's replies: their first word, and the probabilities of other words."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.llm.kv_cache.codec import KvVectors

# The probability assumed for the first word of a reply if the endpoint gives no probabilities. Any
# value between 0.94 and 1 has the same effect: with the default calibration, a yes is above every
# named abstention threshold, and a no is below the lowest verdict threshold.
_PROBABILITY_OF_REPLY = 0.95


@dataclass(frozen=True, slots=True)
class FirstTokenReading:
    """A `PromptReading` of the probabilities of the reply's first token.

    Attributes:
        log_probabilities: log-probabilities of the most probable tokens by text, in nats.
    """

    log_probabilities: Mapping[str, float]

    @property
    def log_likelihood(self) -> float:
        """Always 0: an endpoint does not compute likelihoods of prompts."""
        return 0.0

    def word_probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability of each word's best token, normalised over the words.

        A word that is not among the most probable tokens counts as the least probable of them.
        """
        least = min(self.log_probabilities.values())
        best = [max(self._of_word(word, words), default=least) for word in words]
        weights = [math.exp(one - max(best)) for one in best]
        return [weight / sum(weights) for weight in weights]

    def first_word_probability(self, words: Sequence[str]) -> float:
        """Return the probability that the reply begins with any of the words."""
        found = (one for word in words for one in self._of_word(word, words))
        return min(1.0, sum(map(math.exp, found)))

    def question_state(self) -> KvVectors | None:
        """Return None: an endpoint does not expose its KV cache."""
        return None

    def reply_state(self) -> KvVectors | None:
        """Return None: an endpoint does not expose its KV cache."""
        return None

    def _of_word(self, word: str, words: Sequence[str]) -> list[float]:
        """Return the log-probabilities of the tokens that begin this word and no other word."""
        others = [one for one in words if one != word]
        return [
            log_probability
            for text, log_probability in self.log_probabilities.items()
            if (token := text.strip().casefold())
            and word.startswith(token)
            and not any(other.startswith(token) for other in others)
        ]


@dataclass(frozen=True, slots=True)
class FirstWordReading:
    """A `PromptReading` of the reply's first word, without probabilities.

    Attributes:
        first_word: the reply's first word, in lower case.
    """

    first_word: str

    @property
    def log_likelihood(self) -> float:
        """Always 0: an endpoint does not compute likelihoods of prompts."""
        return 0.0

    def word_probabilities(self, words: Sequence[str]) -> list[float]:
        """Return nearly 1 for the word that the reply begins with; if it is none, all are equal."""
        if self.first_word not in words:
            return [1 / len(words)] * len(words)
        rest = (1 - _PROBABILITY_OF_REPLY) / (len(words) - 1)
        return [_PROBABILITY_OF_REPLY if word == self.first_word else rest for word in words]

    def first_word_probability(self, words: Sequence[str]) -> float:
        """Return 1 if the reply begins with any of the words, else 0."""
        return float(self.first_word in words)

    def question_state(self) -> KvVectors | None:
        """Return None: an endpoint does not expose its KV cache."""
        return None

    def reply_state(self) -> KvVectors | None:
        """Return None: an endpoint does not expose its KV cache."""
        return None


def first_word(text: str) -> str:
    """Return the first word of a reply in lower case; empty if it has none."""
    found = re.search(r"\w+", without_thoughts(text))
    return found[0].casefold() if found else ""


def without_thoughts(text: str) -> str:
    """Return a reply without the reasoning before it."""
    return re.sub(r"\A\s*<think>.*?(</think>\s*|\Z)", "", text, flags=re.DOTALL)


def first_token_probabilities(choice: Mapping[str, Any]) -> dict[str, float]:
    """Return the log-probabilities of a reply's first token, by text; empty if it has none."""
    content = (choice.get("logprobs") or {}).get("content") or [{}]
    found: dict[str, float] = {}
    for one in content[0].get("top_logprobs") or ():
        token, value = str(one.get("token")), float(one.get("logprob", -math.inf))
        found[token] = max(found.get(token, -math.inf), value)
    return found
