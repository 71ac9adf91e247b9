"""Writing text files atomically."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import InputError

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_atomically(path: Path, pieces: Iterable[str], *, overwrite: bool = False) -> None:
    """Write a UTF-8 file; it appears at its path only once all of it is on disk.

    Args:
        path: of the file; a symbolic link is followed.
        pieces: the text, in order.
        overwrite: whether to replace an existing file.

    Raises:
        InputError: the file exists already, or cannot be written there.
        OSError: the disk is full.
    """
    target = path.expanduser().resolve()  # so that a link is not replaced, but its target
    check_overwrite(path, overwrite=overwrite)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        try:
            with partial.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise
        raise InputError(
            f"{path} cannot be written: {error.strerror}. Name a file in another folder."
        ) from error


def check_overwrite(path: Path, *, overwrite: bool = False) -> None:
    """Raise `InputError` if the path is a folder, or a file that must not be overwritten."""
    target = path.expanduser()
    if target.is_dir():
        raise InputError(f"{path} is a folder. Name a file in it.")
    if target.exists() and not overwrite:
        raise InputError(f"{path} already exists. Name another file, or overwrite with --force.")
