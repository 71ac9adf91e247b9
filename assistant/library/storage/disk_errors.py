"""Disk errors, reported as `LibraryError` with advice."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError


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
        code = errno.ENOSPC if "full" in str(error) else None
        raise LibraryError(
            f"The library {folder} cannot be written: {error}. {_advice(code)}"
        ) from error


def _advice(code: int | None) -> str:
    if code == errno.ENOSPC:
        return "Free some space and try again: papers already added are not lost."
    return "Choose another folder with --library."
