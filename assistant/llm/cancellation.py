"""Cancelling a running decode."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

_POLL_SECONDS = 0.02


class StopSignal(Protocol):
    """A request to stop; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Tell whether to stop."""


@dataclass(frozen=True, slots=True)
class AnyStop:
    """A stop signal that is set when any of several signals is set."""

    signals: tuple[StopSignal, ...]

    def is_set(self) -> bool:
        """Tell whether any of them is set."""
        return any(signal.is_set() for signal in self.signals)


class CancellationMonitor:
    """A thread that aborts a decode soon after one of its stop signals is set.

    The signals belong to the callers and cannot notify the monitor, so it polls them every 20 ms.
    `LlamaContext.abort` sets a byte in memory that llama.cpp checks.
    """

    def __init__(self, abort: Callable[[bool], None]) -> None:
        """Start the thread.

        Args:
            abort: called with True to abort the decode, and with False before the next one.
        """
        self._abort = abort
        self._signals: tuple[StopSignal, ...] = ()
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._poll, name="cancellation", daemon=True)
        self._thread.start()

    @contextmanager
    def watch(self, signals: Sequence[StopSignal]) -> Iterator[None]:
        """Abort any decode inside the ``with`` block once one of the signals is set."""
        with self._changed:
            self._signals = tuple(signals)
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._signals = ()
                self._abort(False)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _poll(self) -> None:
        with self._changed:
            while not self._closed:
                if any(signal.is_set() for signal in self._signals):
                    self._abort(True)
                self._changed.wait(_POLL_SECONDS if self._signals else None)
