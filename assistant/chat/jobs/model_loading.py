"""Loads the model in the background, after the page is up."""

import concurrent.futures
import threading
from collections.abc import Callable
from concurrent.futures import Future

from assistant.errors import Cancelled

_STOP_CHECK_S = 0.1


class ModelLoading:
    """Runs a load function once, on a thread of its own. A failed load can be retried."""

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._starting = threading.Lock()
        self._result: Future[None] | None = None

    @property
    def done(self) -> bool:
        """Whether the model is loaded."""
        result = self._result
        return result is not None and result.done() and result.exception() is None

    @property
    def problem(self) -> str | None:
        """Why loading failed, as a sentence; None if it has not failed."""
        result = self._result
        error = result.exception() if result is not None and result.done() else None
        return str(error) if error is not None else None

    @property
    def pending(self) -> bool:
        """Whether the model is loading now."""
        return self._result is not None and not self._result.done()

    def start(self) -> "Future[None]":
        """Start loading if it has not started or has failed; return the future to wait for."""
        with self._starting:
            failed = self._result is not None and self._result.done() and self._result.exception()
            if self._result is None or failed:
                self._result = Future()
                threading.Thread(target=self._run, args=(self._result,), daemon=True).start()
            return self._result

    def wait(self, stop: threading.Event) -> None:
        """Return when the model is loaded; start loading if necessary.

        Raises:
            Cancelled: ``stop`` was set first.
            AssistantError: the model cannot be loaded.
        """
        result = self.start()
        while not concurrent.futures.wait([result], timeout=_STOP_CHECK_S).done:
            if stop.is_set():
                raise Cancelled("The question was stopped while the model was loading.")
        result.result()

    def _run(self, result: "Future[None]") -> None:
        try:
            self._load()
        except BaseException as error:
            result.set_exception(error)
        else:
            result.set_result(None)
