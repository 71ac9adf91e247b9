"""Finding the documents in files, folders and archives, and on standard input."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from assistant.errors import InputError
from assistant.papers.files.archive import unpacked
from assistant.papers.files.document import Document
from assistant.papers.files.spool import spool
from assistant.papers.record import Skipped

STANDARD_INPUT = Path("-")
# Marks the folder of a library, which is not read.
_LIBRARY_FILE = "catalogue.sqlite"
# How long to wait for the writing program to open the pipe, if both start at the same time.
_SECONDS_FOR_WRITER = 1.0


def documents(path: Path, name: str) -> Iterator[Document | Skipped]:
    """Yield the documents in a file, archive or folder, or on standard input.

    A document is closed once the next one is requested.

    Args:
        path: the file or folder; ``-`` is standard input.
        name: the name to show in reports.
    """
    if path == STANDARD_INPUT:
        with spool(sys.stdin.buffer) as data:
            yield from unpacked(Document(name, data))
    elif path.is_dir():
        yield from _documents_in_folder(path, name)
    else:
        yield from _documents_in_file(path, name)


def display_names(paths: Sequence[Path]) -> list[str]:
    """Return the name to show for each file: its base name, or its path if that is ambiguous.

    Raises:
        InputError: a file does not exist or cannot be accessed.
    """
    for path in paths:
        if path != STANDARD_INPUT and not path_exists(path):
            raise InputError(f"There is no file {path}. Check the path and try again.")
    names = [path.resolve().name or str(path) for path in paths]
    return [
        "standard input" if path == STANDARD_INPUT else str(path) if names.count(name) > 1 else name
        for path, name in zip(paths, names, strict=True)
    ]


def path_exists(path: Path) -> bool:
    """Return whether a file or folder exists.

    Raises:
        InputError: access is denied, or the path is invalid.
    """
    try:
        return path.exists()
    except OSError as error:
        raise InputError(
            f"{path} cannot be accessed: {error.strerror}. Check the path and try again."
        ) from error


def _documents_in_file(path: Path, name: str) -> Iterator[Document | Skipped]:
    try:
        file = _spooled_pipe(path) if path.is_fifo() else path.open("rb")
    except OSError as error:
        yield Skipped(name, f"cannot be read ({error.strerror})")
        return
    except InputError as error:
        yield Skipped(name, str(error))
        return
    with file as stream:
        data = stream if stream.seekable() else spool(stream)
        yield from unpacked(Document(name, data))


def _spooled_pipe(path: Path) -> BinaryIO:
    """Read a named pipe, or a process substitution such as `<(command)`, which can be read once.

    Raises:
        InputError: no program writes to it. (A blocking open would wait forever.)
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        deadline = time.monotonic() + _SECONDS_FOR_WRITER
        start = b""
        while not start:
            try:
                start = os.read(descriptor, 1)
            except BlockingIOError:  # a program has opened it but not written yet
                break
            if not start and time.monotonic() > deadline:
                raise InputError("is a pipe that no program writes to")
            if not start:
                time.sleep(_SECONDS_FOR_WRITER / 20)
        os.set_blocking(descriptor, True)
        return spool(stream, start=start)


def _documents_in_folder(folder: Path, name: str) -> Iterator[Document | Skipped]:
    unreadable: list[OSError] = []
    for place, subfolders, files in os.walk(folder, onerror=unreadable.append):
        within = Path(place).relative_to(folder)
        if _LIBRARY_FILE in files:
            subfolders.clear()
            yield Skipped(f"{name}/{within.as_posix()}".removesuffix("/."), "is a library itself")
            continue
        subfolders[:] = sorted(sub for sub in subfolders if not sub.startswith("."))
        for file in sorted(file for file in files if not file.startswith(".")):
            path = Path(place, file)
            if path.is_file():
                yield from _documents_in_file(path, f"{name}/{(within / file).as_posix()}")
    for error in unreadable:
        yield Skipped(f"{name}/{Path(error.filename).name}", f"cannot be read ({error.strerror})")
