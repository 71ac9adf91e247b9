"""Uploaded files: the accepted types, and their deletion after use."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import AddReport, PaperProgress
from assistant.papers.readers import READERS

_ARCHIVES = [".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz"]
PAPER_FILES = [
    *dict.fromkeys(extension for reader in READERS for extension in reader.EXTENSIONS),
    *_ARCHIVES,
]
"""The accepted file name endings. The format is then detected from the content."""

MAX_FILE = 100_000_000
"""The largest uploaded file in bytes: a bibliography, a saved search page, a scanned PDF."""
MAX_UPLOAD = 500_000_000
"""The largest upload in bytes."""
MAX_FILES = 200
"""The largest number of files of an upload."""


def add_uploads(
    assistant: Assistant, files: Sequence[str], on_progress: Callable[[PaperProgress], None]
) -> AddReport:
    """Add the papers in some uploaded files, then delete the files, even on failure.

    Raises:
        AssistantError: see `Assistant.add`.
    """
    try:
        return assistant.add(*files, on_progress=on_progress)
    finally:
        for file in files:
            delete_upload(file)


def delete_upload(file: str) -> None:
    """Delete an uploaded file."""
    path = Path(file)
    path.unlink(missing_ok=True)
    # Gradio puts each upload into its own folder.
    with contextlib.suppress(OSError):
        path.parent.rmdir()
