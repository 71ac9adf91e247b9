"""The browser sessions that follow an answer while it is written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Followers:
    """One event for each browser session that follows an answer. Thread-safe."""

    def __init__(self) -> None:
        self._events: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def following(self, session: str) -> Iterator[threading.Event]:
        """Register a session for the block; yield an event that is set when it must stop following.

        A session follows one answer at a time: following a new one ends the earlier one.
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
            with self._lock:
                if self._events.get(session) is event:
                    del self._events[session]

    def is_following(self, session: str) -> bool:
        """Return whether the session follows an answer."""
        with self._lock:
            event = self._events.get(session)
        return event is not None and not event.is_set()

    def leave(self, session: str) -> None:
        """Make the session stop following; the answer continues."""
        with self._lock:
            event = self._events.get(session)
        if event is not None:
            event.set()
