"""The stopwatch and token counter of one answer."""

import time

from assistant.answering.answer import Timings
from assistant.llm import Usage


class Timer:
    """Starts when it is made."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._retrieved: float | None = None
        self._first_token: float | None = None
        self._usage = Usage()

    def retrieved(self) -> None:
        """Note that the evidence is found."""
        self._retrieved = self._elapsed()

    def token(self) -> None:
        """Note that a token of the answer is written; only the first counts."""
        if self._first_token is None:
            self._first_token = self._elapsed()

    def count(self, usage: Usage) -> None:
        """Add the tokens of one request to the model."""
        self._usage += usage

    def timings(self) -> Timings:
        """Return what was noted; what was not is now."""
        now = self._elapsed()
        return Timings(
            retrieval_s=now if self._retrieved is None else self._retrieved,
            first_token_s=now if self._first_token is None else self._first_token,
            total_s=now,
            prompt_tokens=self._usage.prompt_tokens,
            cached_tokens=self._usage.cached_tokens,
            completion_tokens=self._usage.completion_tokens,
        )

    def _elapsed(self) -> float:
        return time.perf_counter() - self._start
