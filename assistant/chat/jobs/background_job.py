"""Work that takes a while: it goes on in a thread of its own, and any visitor may watch it."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from assistant.errors import AssistantError, Cancelled

_log = logging.getLogger(__name__)

Progress = TypeVar("Progress")
Result = TypeVar("Result")

_LOOK_AGAIN_S = 0.25


class BackgroundJob(Generic[Progress, Result]):
    """Runs a function at once; who leaves the page does not end it.

    Attributes:
        latest: the progress last told; None before the first.
    """

    def __init__(self, run: Callable[[Callable[[Progress], None]], Result]) -> None:
        """Begin.

        Args:
            run: is given a function to tell its progress to, which ends the work by raising
                `Cancelled` once `stop` was called.
        """
        self.latest: Progress | None = None
        self._run = run
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._result: Result | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._work, daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether there is a result, or never will be one."""
        return self._ended.is_set()

    def stop(self) -> None:
        """End the work when it next tells its progress."""
        self._stopping.set()

    def watch(self) -> Iterator[Progress]:
        """Yield each new progress until the work has ended."""
        seen = None
        while True:
            ended = self._ended.wait(_LOOK_AGAIN_S)
            latest = self.latest
            if latest is not None and latest is not seen:
                seen = latest
                yield latest
            if ended:
                return

    def result(self) -> Result:
        """Return the result once there is one.

        Raises:
            AssistantError: the work failed; `Cancelled` if it was stopped.
        """
        self._ended.wait()
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def _work(self) -> None:
        try:
            self._result = self._run(self._tell)
        except AssistantError as error:
            self._error = error
        except Exception as error:
            # A face is the last one that can tell; the details are for whoever runs it.
            _log.exception("The work failed")
            self._error = AssistantError(
                f"Something went wrong ({type(error).__name__}); the terminal says what. Try again."
            )
        finally:
            self._ended.set()

    def _tell(self, progress: Progress) -> None:
        self.latest = progress
        if self._stopping.is_set():
            raise Cancelled("It was stopped.")
