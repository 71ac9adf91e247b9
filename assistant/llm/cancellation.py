"""Stopping the model in the middle of a computation."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

_EVERY_SECONDS = 0.02


class Stop(Protocol):
    """What tells that something is not wanted any more; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Tell whether to stop."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Is set when one of several is."""

    stops: tuple[Stop, ...]

    def is_set(self) -> bool:
        """Tell whether one is set."""
        return any(stop.is_set() for stop in self.stops)


class CancellationMonitor:
    """Stops the model's computation soon after one of the events watched over it is set.

    The events are the callers' own, so they are looked at every 20 ms; the computation itself
    looks at a byte in memory (`LlamaContext.abort`).
    """

    def __init__(self, abort: Callable[[bool], None]) -> None:
        """Start watching.

        Args:
            abort: called with True to stop the computation, with False to let the next one run.
        """
        self._abort = abort
        self._stops: tuple[Stop, ...] = ()
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self._thread.start()

    @contextmanager
    def over(self, stops: Sequence[Stop]) -> Iterator[None]:
        """CancellationMonitor these events during a computation."""
        with self._changed:
            self._stops = tuple(stops)
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._stops = ()
                self._abort(False)

    def close(self) -> None:
        """Stop watching."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _look(self) -> None:
        with self._changed:
            while not self._closed:
                if any(stop.is_set() for stop in self._stops):
                    self._abort(True)
                self._changed.wait(_EVERY_SECONDS if self._stops else None)
