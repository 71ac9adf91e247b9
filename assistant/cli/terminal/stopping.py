"""End a command on SIGTERM: finished work is saved, and the process ends within two seconds."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

# The rest of the two seconds is for the process to end. SQLite files, and files that are written
# atomically, are consistent at any moment.
_SECONDS_TO_UNWIND = 1.5


@dataclass(slots=True)
class Stop:
    """Whether the command was told to end.

    Attributes:
        requested: whether SIGTERM was received.
    """

    requested: bool = False


@contextmanager
def stopping_on_sigterm() -> Iterator[Stop]:
    """Let SIGTERM interrupt the block as Ctrl-C does; end the process if that takes too long."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def interrupt(*_: object) -> None:
        if not stop.requested:
            stop.requested = True
            timer = threading.Timer(_SECONDS_TO_UNWIND, end_process)
            timer.daemon = True
            timer.start()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield stop
    finally:
        # Not while the interpreter ends after a SIGTERM: a second one would print a traceback.
        signal.signal(signal.SIGTERM, signal.SIG_IGN if stop.requested else before)


def end_process() -> None:
    """End the process with exit code 0, without unloading the numeric libraries.

    Call it when everything is saved and closed. On a busy machine Python takes half a minute to
    unload them, and a service manager would kill it meanwhile.
    """
    for stream in (sys.stdout, sys.stderr):
        # Such as a full disk, or a stream that is closed or missing.
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(0)
