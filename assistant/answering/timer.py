"""Records the timings and token counts of one answer."""

import time

from assistant.answering.answer import Timings
from assistant.llm import Usage


class Timer:
    """A timer that starts when it is created."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._retrieved: float | None = None
        self._first_token: float | None = None
        self._usage = Usage()

    def retrieved(self) -> None:
        """Record the time at which retrieval finished."""
        self._retrieved = self._elapsed()

    def token(self) -> None:
        """Record the time of the first token; later calls do nothing."""
        if self._first_token is None:
            self._first_token = self._elapsed()

    def count(self, usage: Usage) -> None:
        """Add the token counts of one request."""
        self._usage += usage

    def timings(self) -> Timings:
        """Return the timings; times that were not recorded default to that of this call."""
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
