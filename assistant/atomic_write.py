"""Writing text files atomically, and what a full disk means for them."""

import errno
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import AssistantError, DiskFullError, InputError

ANYBODY = 0o666
"""The usual permissions of a new file, before the umask is applied."""

OWNER_ONLY = 0o600
"""The permissions of a file that only its owner can read."""

_log = logging.getLogger(__name__)


def is_disk_full(error: OSError) -> bool:
    """Return whether an error means that the disk, or the user's share of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def disk_full_as_error(path: object) -> Iterator[None]:
    """Convert errors of a full disk to a `DiskFullError` about what is being written."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError(path) from error
        raise


def write_atomically(
    path: Path, pieces: Iterable[str], *, overwrite: bool = False, mode: int = ANYBODY
) -> None:
    """Write a UTF-8 file; it appears at its path only once all of it is on disk.

    Args:
        path: the file; a symbolic link is followed.
        pieces: the text, in order.
        overwrite: whether to replace an existing file.
        mode: the permissions of the file.

    Raises:
        InputError: the file exists already, or cannot be written there.
        DiskFullError: the disk is full.
    """
    target = path.expanduser().resolve()  # so that the target is replaced, not the link
    check_overwrite(path, overwrite=overwrite)
    try:
        with disk_full_as_error(path):
            replace_file(target, pieces, mode=mode)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}. Name a file in another folder."
        ) from error


def write_cache(path: Path, text: str) -> None:
    """Write a file that can be made again; if it cannot be written, that is only logged."""
    try:
        write_atomically(path, [text], overwrite=True)
    except AssistantError as error:
        _log.warning("%s", error)


def replace_file(path: Path, pieces: Iterable[str], *, mode: int = ANYBODY) -> None:
    """Write a UTF-8 file next to the existing one, then replace that one.

    Args:
        path: the file.
        pieces: the text, in order.
        mode: the permissions of the file.

    Raises:
        OSError: the file cannot be written.
    """
    # Another thread may be writing the same file.
    writer = f"{os.getpid()}-{threading.get_native_id()}"
    partial = path.with_name(f".{path.name}.{writer}.partial")
    partial.unlink(missing_ok=True)  # left by a killed process with the same id
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def check_overwrite(path: Path, *, overwrite: bool = False) -> None:
    """Raise `InputError` if the path is a folder, or a file that must not be overwritten."""
    target = path.expanduser()
    if target.is_dir():
        raise InputError(f"{path} is a folder. Name a file in it.")
    if target.exists() and not overwrite:
        raise InputError(f"{path} already exists. Name another file, or overwrite with --force.")
