"""The line in which questions wait for the model: several are answered at once, the rest wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class QuestionQueue:
    """Questions in the order in which they came. Any thread may call it."""

    def __init__(self, at_once: int) -> None:
        """Begin an empty line.

        Args:
            at_once: how many questions are answered at a time.
        """
        self._at_once = at_once
        self._places: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[object]:
        """Stand in the line; leaving the block gives the place up."""
        place = object()
        with self._moved:
            self._places.append(place)
        try:
            yield place
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()

    def ahead(self, place: object) -> int:
        """Return how many questions must end before that of a place is answered; 0: its turn."""
        with self._moved:
            return max(0, self._places.index(place) - self._at_once + 1)

    def wait(self, seconds: float) -> None:
        """Return when a place was given up, or after some seconds."""
        with self._moved:
            self._moved.wait(seconds)
