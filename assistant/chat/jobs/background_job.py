"""A long-running function on a thread of its own, which any visitor may watch or stop."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from assistant.errors import AssistantError, Cancelled

_log = logging.getLogger(__name__)

Progress = TypeVar("Progress")
Result = TypeVar("Result")

_POLL_S = 0.25


class BackgroundJob(Generic[Progress, Result]):
    """Runs a function on a daemon thread. The job continues when its visitor leaves the page.

    Attributes:
        latest: the latest progress; None before the first report.
    """

    def __init__(self, run: Callable[[Callable[[Progress], None]], Result]) -> None:
        """Start the job.

        Args:
            run: the function. It receives a ``report`` function for its progress, which raises
                `Cancelled` once `stop` has been called.
        """
        self.latest: Progress | None = None
        self._run = run
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._result: Result | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._run_to_end, daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether the job has returned or failed."""
        return self._ended.is_set()

    def stop(self) -> None:
        """Cancel the job when it next reports progress."""
        self._stopping.set()

    def watch(self) -> Iterator[Progress]:
        """Yield each new progress until the job has ended."""
        seen = None
        while True:
            ended = self._ended.wait(_POLL_S)
            latest = self.latest
            if latest is not None and latest is not seen:
                seen = latest
                yield latest
            if ended:
                return

    def result(self) -> Result:
        """Wait for the job and return its result.

        Raises:
            AssistantError: the job failed; `Cancelled` if it was stopped.
        """
        self._ended.wait()
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def _run_to_end(self) -> None:
        try:
            self._result = self._run(self._report)
        except AssistantError as error:
            self._error = error
        except Exception as error:
            # The page shows one sentence; the traceback goes to the terminal.
            _log.exception("A background job failed")
            self._error = AssistantError(
                f"Something went wrong ({type(error).__name__}). The terminal has the details. "
                "Try again."
            )
        finally:
            self._ended.set()

    def _report(self, progress: Progress) -> None:
        self.latest = progress
        if self._stopping.is_set():
            raise Cancelled("The job was stopped.")
