"""The download of a model from the settings tab."""

import threading
from pathlib import Path

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.chat.settings.model_list import format_bytes
from assistant.chat.widgets.progress_bar import progress_bar
from assistant.models import PullProgress, pull


class ModelPull:
    """The download of a model. There is at most one at a time, for all visitors.

    Attributes:
        job: the latest download; None before the first.
    """

    def __init__(self) -> None:
        self.job: BackgroundJob[PullProgress, Path] | None = None
        self._name = ""
        self._starting = threading.Lock()

    @property
    def running(self) -> str:
        """The name of the model that is being downloaded; empty if none is."""
        return self._name if self.job is not None and not self.job.ended else ""

    def start(self, name: str) -> None:
        """Start to download a model, unless a download is running."""
        with self._starting:
            if not self.running:
                self._name, self.job = name, BackgroundJob(lambda report: pull(name, report))


def pull_bar(progress: PullProgress) -> str:
    """Return the HTML, escaped, of the progress of a download."""
    if not progress.bytes_total:
        return progress_bar(progress.note or f"Downloading {progress.model}")
    count = f"{format_bytes(progress.bytes_done)} of {format_bytes(progress.bytes_total)}"
    label = f"Downloading {progress.model}"
    return progress_bar(label, progress.bytes_done, progress.bytes_total, count)
