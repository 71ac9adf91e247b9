"""Writing a report's files."""

from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InputError


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their file names; the folder is made if it is not there.

    Raises:
        InputError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The report cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
