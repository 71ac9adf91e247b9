"""Disk errors, reported as `LibraryError` with advice."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError

# The second one: there is no room for the index of a write-ahead log. Its text is "disk I/O error".
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


@contextmanager
def disk_errors_as_library_errors(folder: Path) -> Iterator[None]:
    """Convert disk and SQLite errors to a `LibraryError` about a library folder."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"The library {folder} cannot be written: {error.strerror}. {_advice(error.errno)}"
        ) from error
    except sqlite3.Error as error:
        code = errno.ENOSPC if is_out_of_room(error) else None
        raise LibraryError(
            f"The library {folder} cannot be written: {error}. {_advice(code)}"
        ) from error


def is_out_of_room(error: sqlite3.Error) -> bool:
    """Return whether an error of SQLite means that the disk is full."""
    return getattr(error, "sqlite_errorcode", None) in _NO_ROOM


def _advice(code: int | None) -> str:
    if code == errno.ENOSPC:
        return "Free some space and try again: papers already added are not lost."
    return "Choose another folder with --library."
