"""Files that visitors hand in: what is taken, and what becomes of them."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import AddReport, PaperProgress

MOST_BYTES = 100 << 20
"""How large a file may be."""

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
        for file in map(Path, files):
            file.unlink(missing_ok=True)
            # Gradio gives each upload a folder of its own in the upload folder.
            with contextlib.suppress(OSError):
                file.parent.rmdir()
