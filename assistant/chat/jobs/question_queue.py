"""The first-in, first-out queue of questions that wait for the model."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class QuestionQueue:
    """Questions in the order of their arrival. Thread-safe."""

    def __init__(self, at_once: int) -> None:
        """Create an empty queue.

        Args:
            at_once: how many questions are answered at a time.
        """
        self._at_once = at_once
        self._tickets: list[object] = []
        self._changed = threading.Condition()

    @contextmanager
    def ticket(self) -> Iterator[object]:
        """Join the queue with a ticket; leave it at the end of the block."""
        ticket = object()
        with self._changed:
            self._tickets.append(ticket)
        try:
            yield ticket
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    def ahead(self, ticket: object) -> int:
        """Return how many questions must finish before this one starts; 0 if it may start."""
        with self._changed:
            return max(0, self._tickets.index(ticket) - self._at_once + 1)

    def wait(self, seconds: float) -> None:
        """Return when a question leaves the queue, or after a number of seconds."""
        with self._changed:
            self._changed.wait(seconds)
