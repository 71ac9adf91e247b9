"""An append-only audit log: who changed what and when, one JSON object per line."""

import errno
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE_NAME = "audit.jsonl"
"""The file's name, in a library's folder."""


class AuditLog:
    """The audit log of a library. Only the owner of the process can read the file. Thread-safe."""

    def __init__(self, file: Path) -> None:
        """Use a file; it is created with the first entry."""
        self._file = file
        self._lock = threading.Lock()

    def write(self, account: str, action: str, **details: object) -> None:
        """Append an entry.

        Raises:
            OSError: it cannot be written.
        """
        entry = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "account": account,
            "action": action,
            **details,
        }
        line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        with self._lock:
            opened = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(opened).st_size
                if size and os.pread(opened, 1, size - 1) != b"\n":
                    line = b"\n" + line  # the last entry was cut off by a full disk
                # One write to a file opened for appending: entries of two processes do not mix.
                if os.write(opened, line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            finally:
                os.close(opened)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield the entries in order; a line that is damaged is left out."""
        try:
            with self._file.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    try:
                        entry = json.loads(line)
                    except ValueError:
                        continue
                    if isinstance(entry, dict):
                        yield entry
        except FileNotFoundError:
            return
