"""Write the files of a report."""

from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InputError


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write text files into a folder, which is created if it does not exist.

    Args:
        folder: the folder.
        texts: the text of each file, by file name.

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
