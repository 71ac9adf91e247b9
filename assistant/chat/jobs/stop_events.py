"""Which browser session is to stop: each has an event while its question is being answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class StopEvents:
    """The stop events of the sessions that are being answered. Any thread may call it."""

    def __init__(self) -> None:
        self._events: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def answering(self, session: str) -> Iterator[threading.Event]:
        """Give a session its stop event; leaving the block sets it, whatever the reason.

        A session answers one question at a time: an earlier one still running is stopped.
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
        """Whether the session is being answered, and nothing has stopped that."""
        with self._lock:
            event = self._events.get(session)
        return event is not None and not event.is_set()

    def stop(self, session: str) -> None:
        """Stop what the session is being answered, if anything."""
        with self._lock:
            event = self._events.get(session)
        if event is not None:
            event.set()
