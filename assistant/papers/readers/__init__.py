"""From a file to papers. A reader is one module with `recognises` and `read`, listed in READERS."""

from pathlib import Path
from typing import Protocol

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.papers.readers import hf_page, jsonl


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def recognises(self, text: str) -> bool:
        """Tell whether the text is of this reader's format."""

    def read(self, text: str, source: str) -> list[Paper]:
        """Return the papers of the text; raise `InputError` naming the line that is wrong."""


# The first that recognises a text reads it; the plainest format comes last.
READERS: tuple[Reader, ...] = (jsonl, hf_page)


def read_file(path: Path) -> list[Paper]:
    """Return the papers in a file, read by the first reader that recognises its content.

    Raises:
        InputError: the file is missing, empty, not text, or holds no papers.
    """
    text = _text(path)
    for reader in READERS:
        if reader.recognises(text):
            papers = reader.read(text, source=path.name)
            if papers:
                return papers
    known = ", ".join(reader.NAME for reader in READERS)
    raise InputError(
        f"{path} holds no papers that could be recognised. Formats read: {known}. "
        "A page must show each paper's title followed by its abstract."
    )


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}. Check the path and try again.") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder. Name the files in it instead.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if not data.strip():
        raise InputError(f"{path} is empty. Save the page or file again and retry.")
    if b"\0" in data:
        raise InputError(f"{path} is a binary file. Save the papers as text or JSON Lines.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and retry."
        ) from error
