"""One stop event for each browser session whose question is being answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class StopEvents:
    """The stop events, by browser session. Thread-safe."""

    def __init__(self) -> None:
        self._events: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def answering(self, session: str) -> Iterator[threading.Event]:
        """Register a stop event for a session; set it at the end of the block.

        A session has one answer at a time: an earlier answer that still runs is stopped.
        """
        event = threading.Event()
        with self._lock:
            earlier = self._events.get(session)
            self._events[session] = event
        if earlier is not None:
            earlier.set()
        try:
            yield event
        finally:
            event.set()
            with self._lock:
                if self._events.get(session) is event:
                    del self._events[session]

    def is_answering(self, session: str) -> bool:
        """Return whether the session has an answer that runs and has not been stopped."""
        with self._lock:
            event = self._events.get(session)
        return event is not None and not event.is_set()

    def stop(self, session: str) -> None:
        """Stop the session's answer, if one is running."""
        with self._lock:
            event = self._events.get(session)
        if event is not None:
            event.set()
