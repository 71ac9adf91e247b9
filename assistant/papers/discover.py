"""Where papers lie: in files, in folders, in zips, and on standard input."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.papers.archive import is_zip, zipped_documents
from assistant.papers.document import Document
from assistant.papers.record import Skipped
from assistant.papers.spool import spool

STANDARD_INPUT = Path("-")
# In a library's own folder there is nothing to add.
_OF_A_LIBRARY = "catalogue.sqlite"


def documents(path: Path, name: str) -> Iterator[Document | Skipped]:
    """Return the documents in a file, zip or folder, or on standard input.

    A document is open until the next is asked for.

    Args:
        path: of the file or folder; ``-`` is standard input.
        name: how reports call it.
    """
    if path == STANDARD_INPUT:
        with spool(sys.stdin.buffer) as data:
            yield from _parted(Document(name, data))
    elif path.is_dir():
        yield from _documents_in_folder(path, name)
    else:
        yield from _documents_in_file(path, name)


def display_names(paths: Sequence[Path]) -> list[str]:
    """Return how reports are to call each file: by its name, or its path if two have that name.

    Raises:
        InputError: one is not there, or in a folder that may not be looked into.
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
    """Tell whether there is a file or folder.

    Raises:
        InputError: in a folder that may not be looked into, or the name is none.
    """
    try:
        return path.exists()
    except OSError as error:
        raise InputError(
            f"{path} cannot be looked for: {error.strerror}. Check the path and try again."
        ) from error


def _documents_in_file(path: Path, name: str) -> Iterator[Document | Skipped]:
    try:
        file = path.open("rb")
    except OSError as error:
        yield Skipped(name, f"cannot be read ({error.strerror})")
        return
    with file as stream:
        # A pipe, such as `<(command)` makes, can be read only once.
        data = stream if stream.seekable() else spool(stream)
        yield from _parted(Document(name, data))


def _parted(document: Document) -> Iterator[Document | Skipped]:
    if is_zip(document):
        yield from zipped_documents(document)
    else:
        yield document


def _documents_in_folder(folder: Path, name: str) -> Iterator[Document | Skipped]:
    unreadable: list[OSError] = []
    for place, subfolders, files in os.walk(folder, onerror=unreadable.append):
        within = Path(place).relative_to(folder)
        if _OF_A_LIBRARY in files:
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
