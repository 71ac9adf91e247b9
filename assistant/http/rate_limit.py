"""Rate limiting across processes: one request to a service at a time, with pauses."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import InputError


@contextmanager
def rate_limited(
    stamp: Path,
    pause_s: float,
    *,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Wait for other processes and for the pause, then hold the right to send a request.

    Args:
        stamp: a file for each service; its modification time is the end of the last request.
        pause_s: minimum time between the end of a request and the next one, in seconds; 0 to
            disable rate limiting.
        now: the clock, in seconds.
        sleep: sleeps for some seconds.

    Raises:
        InputError: the stamp's folder is not writable.
    """
    if pause_s == 0:
        yield
        return
    from filelock import FileLock

    _check_writable(stamp.parent)
    with FileLock(stamp.with_suffix(".lock")):
        wait_s = _last_request(stamp) + pause_s - now()
        if wait_s > 0:
            sleep(min(wait_s, pause_s))  # the clock may have been set back
        try:
            yield
        finally:
            stamp.touch()
            ended = now()
            os.utime(stamp, (ended, ended))


def _last_request(stamp: Path) -> float:
    """Return the end of the last request, in seconds of the clock; 0 if there was none."""
    return stamp.stat().st_mtime if stamp.exists() else 0.0


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
