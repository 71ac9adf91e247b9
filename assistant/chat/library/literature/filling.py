"""Fill literature tables in the background, one at a time for all visitors."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering import Assistant
from assistant.answering.table import Row
from assistant.chat.jobs.background_job import BackgroundJob
from assistant.papers import Paper


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows of a table so far.

    Attributes:
        columns: the names of the columns.
        rows: the finished rows.
        total: the total number of rows.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int


class TableFilling:
    """Fills tables in the background. Finished rows are stored, so a stopped table resumes."""

    def __init__(self) -> None:
        self._job: BackgroundJob[Filled, Filled] | None = None
        self._starting = threading.Lock()

    @property
    def job(self) -> BackgroundJob[Filled, Filled] | None:
        """The latest job; None before the first."""
        return self._job

    @property
    def running(self) -> bool:
        """Whether a table is being filled."""
        return self._job is not None and not self._job.ended

    def start(
        self, assistant: Assistant, columns: Sequence[str], papers: Sequence[Paper]
    ) -> BackgroundJob[Filled, Filled]:
        """Start filling a table and return its job; if another is being filled, return that job."""
        with self._starting:
            if self._job is None or self._job.ended:
                self._job = BackgroundJob(
                    lambda report: _fill(assistant, tuple(columns), papers, report)
                )
            return self._job


def _fill(
    assistant: Assistant,
    columns: tuple[str, ...],
    papers: Sequence[Paper],
    report: Callable[[Filled], None],
) -> Filled:
    filled = Filled(columns, (), len(papers))
    report(filled)
    for row in assistant.table(columns, papers):
        filled = Filled(columns, (*filled.rows, row), len(papers))
        report(filled)
    return filled
