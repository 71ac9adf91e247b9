"""Uploaded files: the accepted types, and their deletion after use."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

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


def foreign_file(body: Any, folder: Path) -> str:
    """Return why to refuse an event that names a file other than an upload; empty to accept it.

    Gradio would fetch a URL given in place of a file.

    Args:
        body: the event, as parsed JSON.
        folder: the folder of uploads.
    """
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            path = one.get("path")
            if isinstance(path, str) and "meta" in one and not _is_within(path, folder):
                return "An event may only name files that were uploaded."
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return ""


def _is_within(path: str, folder: Path) -> bool:
    try:
        resolved = Path(path).resolve()
    except (OSError, ValueError):  # a loop of links, a null byte
        return False
    return Path(path).is_absolute() and resolved.is_relative_to(folder.resolve())


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
