"""Adding papers from files that were sent, and from references."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.library import AddReport
from assistant.sources import fetch, is_reference

_BLOCK = 1 << 20


def add_files(assistant: Assistant, files: Iterable[tuple[str, BinaryIO]]) -> AddReport:
    """Add the papers in files that a client sent.

    Args:
        assistant: over the library.
        files: their names and contents. The names become the sources of the papers.

    Raises:
        InputError: there are none, or none contains papers.
        LibraryError: the library cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths: list[Path] = []
        for number, (name, content) in enumerate(files):
            # Only the last part of a name counts, so that none leads out of the folder.
            path = Path(folder) / (Path(name.replace("\\", "/")).name or "papers")
            if path.exists():
                path = path.with_name(f"{number}-{path.name}")
            with path.open("wb") as file:
                while block := content.read(_BLOCK):
                    file.write(block)
            paths.append(path)
        if not paths:
            raise InputError("No file was sent. Send at least one.")
        return assistant.add(*paths)


def add_references(assistant: Assistant, references: Iterable[str]) -> AddReport:
    """Add papers by reference, over the network.

    Raises:
        InputError: one is no reference, or there is no such paper.
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
