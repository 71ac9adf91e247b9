"""Taking turns: the processes of one machine ask a source one after another, with pauses."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import InputError


@contextmanager
def turn(
    note: Path,
    pause_s: float,
    *,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Wait until no other process asks and the last request is some time ago; then hold the turn.

    Args:
        note: a file that stands for the source; its time is when the last request ended.
        pause_s: how many seconds lie between the end of a request and the next; 0 waits for
            nobody.
        now: the clock, in seconds.
        sleep: waits for some seconds.

    Raises:
        InputError: the note cannot be written.
    """
    if pause_s == 0:
        yield
        return
    from filelock import FileLock

    _check_writable(note.parent)
    with FileLock(note.with_suffix(".lock")):
        wait = _ended(note) + pause_s - now()
        if wait > 0:
            sleep(min(wait, pause_s))  # a clock that was set back must not cost hours
        try:
            yield
        finally:
            note.touch()
            ended = now()
            os.utime(note, (ended, ended))


def _ended(note: Path) -> float:
    """Return when the last request ended, in seconds of the clock; 0 if there was none."""
    return note.stat().st_mtime if note.exists() else 0.0


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise InputError(
            f"The folder {folder} cannot be written. Choose another with the environment variable "
            "ASSISTANT_CACHE."
        )
