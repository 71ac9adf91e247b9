"""Adding papers from files that were sent, and from references."""

import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from assistant.answering import Assistant
from assistant.atomic_write import disk_full_as_error
from assistant.errors import InputError
from assistant.library import AddReport
from assistant.sources import fetch, is_reference

_BLOCK = 1 << 20
# Most file systems allow names of 255 bytes, including the extension and a number.
_MOST_BYTES, _MOST_OF_ENDING = 150, 16


def add_files(assistant: Assistant, files: Iterable[tuple[str, BinaryIO]]) -> AddReport:
    """Add the papers in files that a client sent.

    Args:
        assistant: the assistant of the library.
        files: their names and contents. The names become the sources of the papers.

    Raises:
        InputError: there are none, or none contains papers.
        LibraryError: the library cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths: list[Path] = []
        for number, (name, content) in enumerate(files):
            path = Path(folder) / _file_name(name)
            if path.exists():
                path = path.with_name(f"{number}-{path.name}")
            with disk_full_as_error(path), path.open("wb") as file:
                while block := content.read(_BLOCK):
                    file.write(block)
            paths.append(path)
        if not paths:
            raise InputError("No file was sent. Send at least one.")
        return assistant.add(*paths)


def _file_name(name: str) -> str:
    """Return the last part of a name, made safe as a file name on any file system.

    It cannot leave its folder, has no control characters, and keeps its extension when it is cut.
    """
    last = PurePosixPath(name.replace("\\", "/")).name.encode("utf-8", "replace").decode()
    shown = PurePosixPath("".join(one if one.isprintable() else "_" for one in last))
    stem = shown.stem.encode()[:_MOST_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"{stem or 'papers'}{shown.suffix[:_MOST_OF_ENDING]}"


def add_references(assistant: Assistant, references: Iterable[str]) -> AddReport:
    """Add papers by reference, over the network.

    Raises:
        InputError: one is not a reference, or there is no such paper.
        NetworkError: a service is unreachable.
    """
    references = list(references)
    for text in references:
        if not is_reference(text):
            raise InputError(
                f"{text!r} is not a reference to a paper, such as arxiv:2412.15115 or "
                "doi:10.1000/182."
            )
    return assistant.library.add(fetch(references))
