"""Readouts: values computed from the model's outputs for a prompt, before an answer is generated.

A readout uses the probabilities of the reply's first word, the likelihood of the user's message, or
the input of a probe, as far as the backend provides them.

Design notes: docs/design/answerability.md
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar

from assistant.llm.kv_cache.codec import KvVectors


class PromptReading(Protocol):
    """The model's outputs for one prompt, from which readouts are computed."""

    @property
    def log_likelihood(self) -> float:
        """Log P(question given papers), in nats; 0 if it was not requested."""

    def word_probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probabilities that the reply begins with each word, normalised over them."""

    def first_word_probability(self, words: Sequence[str]) -> float:
        """Return the probability, 0 to 1, that the reply begins with any of the words."""

    def question_state(self) -> KvVectors | None:
        """Return the probe input at the last token of the user's message; None if unknown."""

    def reply_state(self) -> KvVectors | None:
        """Return the probe input at the last token of the prompt; None if it is unknown."""


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Readout: TypeAlias = Callable[[PromptReading], T_co]
"""Computes a value from a `PromptReading`."""


def read_word_probabilities(words: Sequence[str]) -> Readout[list[float]]:
    """Build a readout of the reply's first-word probabilities, normalised over some words.

    Args:
        words: the words, spelled as in an answer.
    """
    return lambda reading: reading.word_probabilities(words)


def read_first_word_probability(words: Sequence[str]) -> Readout[float]:
    """Build a readout of the probability that the reply begins with any of some words.

    Args:
        words: the words, spelled as in an answer.
    """
    return lambda reading: reading.first_word_probability(words)


def read_yes(reading: PromptReading) -> float:
    """Return the probability that the reply is yes, normalised over yes and no."""
    yes, _ = reading.word_probabilities(("yes", "no"))
    return yes


def read_question_state(reading: PromptReading) -> KvVectors | None:
    """Return the probe input at the last token of the user's message.

    It is the V vectors of that token in the layers past the middle. The token should be the same
    for all questions. The vectors are linear in the hidden states, and they are already in the KV
    cache: nothing has to be computed.

    Returns:
        Shape (layers x vector size,); None if the backend does not expose it.
    """
    return reading.question_state()


def read_likelihood_and_state(reading: PromptReading) -> tuple[float, KvVectors | None]:
    """Return log P(question given papers), in nats, and the probe input at the question's end.

    The likelihood must have been requested: see `Backend.score_prompts`.
    """
    return reading.log_likelihood, reading.question_state()
