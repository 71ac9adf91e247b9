"""Text files that are written whole or not at all."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import InputError

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, pieces: Iterable[str], *, overwrite: bool = False) -> None:
    """Write a UTF-8 file; until all of it is on the disk, nothing is in its place.

    Args:
        path: of the file.
        pieces: its text, in order.
        overwrite: whether a file that is there may go.

    Raises:
        InputError: the file is there already, or cannot be written in that place.
        OSError: the disk is full.
    """
    target = path.expanduser().resolve()  # a link stays one: what it points to is written
    check_free(path, overwrite=overwrite)
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


def check_free(path: Path, *, overwrite: bool = False) -> None:
    """Raise `InputError` if a file is there that may not be overwritten, or a folder."""
    place = path.expanduser()
    if place.is_dir():
        raise InputError(f"{path} is a folder. Name a file in it.")
    if place.exists() and not overwrite:
        raise InputError(f"{path} is there already. Name another file, or overwrite with --force.")
