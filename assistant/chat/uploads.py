"""Files that visitors hand in: what is taken, and what becomes of them."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import AddReport, PaperProgress

PAPER_FILES = [
    *(".txt", ".md", ".pdf", ".zip"),
    *(".bib", ".ris", ".nbib", ".csv", ".tsv"),
    *(".json", ".jsonl", ".xml", ".atom", ".html", ".htm"),
]
"""The endings of files that may hold papers; what they are is read from their content."""


def add_uploads(
    assistant: Assistant, files: Sequence[str], on_progress: Callable[[PaperProgress], None]
) -> AddReport:
    """Add the papers in some uploaded files; the files are deleted, whatever happens.

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
    # Gradio gives each upload a folder of its own in the upload folder.
    with contextlib.suppress(OSError):
        path.parent.rmdir()
