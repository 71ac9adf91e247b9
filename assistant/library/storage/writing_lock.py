"""The lock that lets one process at a time write to a library."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.library.storage.read_only import is_read_only

_LOCK = "writing.lock"
_HOLDER = "writing.json"
_log = logging.getLogger(__name__)


class WritingLock:
    """The lock of one library folder. A thread that holds it may take it again."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        self._folder = folder
        self._lock = FileLock(folder / _LOCK)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; if another process has it, log which process this one is waiting for.

        Raises:
            LibraryError: the folder cannot be written.
        """
        from filelock import Timeout

        if is_read_only(self._folder):
            raise LibraryError(
                f"The library {self._folder} cannot be written. Choose another folder with "
                "--library, or change its permissions."
            )
        with disk_errors_as_library_errors(self._folder):
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                _log.warning("Waiting for %s, which is changing the library.", self._holder())
                self._lock.acquire()
        try:
            self._write_holder()
            yield
        finally:
            self._lock.release()

    def is_free(self) -> bool:
        """Return whether no other process or thread holds the lock at the moment."""
        from filelock import Timeout

        try:
            with self._lock.acquire(blocking=False):
                return True
        except Timeout:
            return False

    def _write_holder(self) -> None:
        holder = {
            "command": _command(sys.argv),
            "pid": os.getpid(),
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        with suppress(OSError):  # the disk may be full; the file is only used for a message
            (self._folder / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")

    def _holder(self) -> str:
        try:
            holder = json.loads((self._folder / _HOLDER).read_text(encoding="utf-8"))
            since = datetime.fromisoformat(holder["since"])
            return f"`{holder['command']}` (process {holder['pid']}, since {since:%H:%M:%S})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


def _command(arguments: list[str]) -> str:
    """Return the command of a process, without file names, questions and options."""
    program = Path(arguments[0] if arguments else "")
    name = program.parent.name if program.stem == "__main__" else program.stem
    words = [name]
    for word in arguments[1:3]:
        if not word.isidentifier():
            break
        words.append(word)
    return " ".join(words)
