"""The interface between answering and whatever runs the language model.

`assistant.llm.engine.Engine` runs it in this process; `assistant.llm.endpoint.EndpointEngine` sends
prompts to a server. Answering works without the features that a server lacks: see docs/backends.md.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar

from assistant.llm.completion import Completion
from assistant.llm.json_object import JsonObject
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import Readout
from assistant.llm.usage import Usage

T = TypeVar("T")


class Backend(Protocol):
    """Runs one language model. Any thread may call it."""

    @property
    def has_failed(self) -> bool:
        """Whether loading the model failed; the backend is unusable then."""

    @property
    def reads_likelihoods(self) -> bool:
        """Whether `score_prompts` can compute likelihoods."""

    @property
    def served_model(self) -> str:
        """The name and address of a model behind an endpoint; empty for one in this process.

        The name is ``unknown`` until the endpoint has been contacted: see `identify_model`.
        """

    def identify_model(self) -> str:
        """Return `served_model`; contact the endpoints if the name is unknown.

        Raises:
            ModelError: none of them can be used.
        """

    def missing_features(self) -> tuple[str, ...]:
        """Return the features that are unavailable, one phrase each; none in this process."""

    def wait_until_loaded(self) -> None:
        """Block until the model can be used.

        Raises:
            ModelError: it cannot be loaded, or no server responds.
        """

    def close(self) -> None:
        """Cancel running and waiting requests, and free the model."""

    def generate(
        self, prompt: Prompt, *, max_tokens: int, stop: threading.Event | None = None
    ) -> Completion:
        """Generate an answer greedily; its pieces stream as they are generated.

        An ``answer_prefix`` of the prompt is part of the answer.

        Args:
            prompt: the chat so far.
            max_tokens: maximum length of the answer.
            stop: set it from any thread to stop the model. The iteration then raises `Cancelled`.
        """

    def generate_object(self, prompt: Prompt, shape: JsonObject, *, max_tokens: int) -> Completion:
        """Generate a JSON object; see `generate`."""

    def read_and_generate(
        self,
        prompt: Prompt,
        readout: Readout[T],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Completion]:
        """Return a readout of a prompt, and the answer to the same prompt.

        If the readout shows that the question should not be answered, call `Completion.drop`.

        Raises:
            Cancelled: ``stop`` was set.
        """

    def score_and_generate(
        self,
        scored: Prompt,
        readout: Readout[T],
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Usage, Completion]:
        """Return a readout of one prompt, and the answer to another.

        If the readout shows that the question should not be answered, call `Completion.drop`.

        Raises:
            Cancelled: ``stop`` was set.
        """

    def score_prompts(
        self,
        prompts: Sequence[Prompt],
        readout: Readout[T],
        *,
        with_likelihood: bool = False,
        stop: threading.Event | None = None,
    ) -> list[tuple[T, Usage]]:
        """Return a readout of each prompt.

        Args:
            prompts: the prompts; no answers to them are generated.
            readout: such as `read_yes`.
            with_likelihood: whether to compute log P(question given papers); requires
                `reads_likelihoods`.
            stop: set it from any thread to stop the model.

        Raises:
            Cancelled: ``stop`` was set.
        """

    def is_cached(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt are in the reading cache."""

    def cache_blocks(self, prompt: Prompt) -> "Future[int]":
        """Prefill the blocks of a prompt into the reading cache, when no request is waiting.

        Returns:
            The number of blocks that were not in the cache; 0 without a cache.
        """
