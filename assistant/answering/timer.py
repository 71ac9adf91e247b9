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

    def mark_retrieved(self) -> None:
        """Record that retrieval has finished now."""
        self._retrieved = self._elapsed()

    def mark_first_token(self) -> None:
        """Record that the first token is written now; later calls do nothing."""
        if self._first_token is None:
            self._first_token = self._elapsed()

    def add_usage(self, usage: Usage) -> None:
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
