"""Readouts of a prompt, before an answer to it is generated.

A readout uses the probabilities of the reply's first word, the likelihood of the user's message, or
the model's hidden state, as far as what runs the model gives them.

Design notes: docs/design/answerability.md
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar

from assistant.llm.kv_cache.codec import Values


class PromptReading(Protocol):
    """What the model makes of one prompt."""

    @property
    def log_likelihood(self) -> float:
        """Log P(question given papers), in nats; 0 if it was not requested."""

    def shares(self, words: Sequence[str]) -> list[float]:
        """Return the probabilities that the reply begins with each word, normalised over them."""

    def first_word_share(self, words: Sequence[str]) -> float:
        """Return the probability, 0 to 1, that the reply begins with one of some words."""

    def question_state(self) -> Values | None:
        """Return the state at the last token of the user's message; None if it is unknown."""

    def reply_state(self) -> Values | None:
        """Return the state at the last token of the prompt; None if it is unknown."""


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Readout: TypeAlias = Callable[[PromptReading], T_co]
"""Computes something of a reading of a prompt."""


def read_shares(words: Sequence[str]) -> Readout[list[float]]:
    """Build a readout of first-word probabilities of the reply, normalised over some words.

    Args:
        words: as an answer would write them.
    """
    return lambda reading: reading.shares(words)


def read_first_word_share(words: Sequence[str]) -> Readout[float]:
    """Build a readout of the probability that the reply begins with one of some words.

    Args:
        words: as an answer would write them.
    """
    return lambda reading: reading.first_word_share(words)


def read_yes(reading: PromptReading) -> float:
    """Read the probability of yes in the reply, normalised over yes and no."""
    yes, _ = reading.shares(("yes", "no"))
    return yes


def read_question_state(reading: PromptReading) -> Values | None:
    """Read the model's state at the last token of the user's message: the input of a probe.

    The state is the attention values of that token in the layers past the middle. The token should
    be the same for all questions. Values are linear in the hidden states, and they are in the KV
    cache already: nothing has to be computed.

    Returns:
        Shape (layers x values,); None if the model does not show it.
    """
    return reading.question_state()


def read_likelihood_and_state(reading: PromptReading) -> tuple[float, Values | None]:
    """Read log P(question given papers), in nats, and the model's state at its end.

    The likelihood is available if it was requested: see `Backend.score_prompts`.
    """
    return reading.log_likelihood, reading.question_state()
