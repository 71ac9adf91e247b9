"""Daily snapshots of a library, kept in its folder. They do not include PDFs."""

import logging
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.errors import AssistantError
from assistant.library.backup.archive import WORK_PREFIX, write_backup
from assistant.library.conversations import FILE_NAME as CONVERSATIONS
from assistant.library.storage.marker import CATALOGUE, SNAPSHOTS
from assistant.library.storage.read_only import is_read_only

BEFORE_RESTORE = "before-restore.zip"
"""The name of the snapshot that is taken before a backup is restored."""

# The number of daily snapshots to keep. Days without changes have none.
_KEPT = 7
_SECONDS_OF_A_DAY = 86_400
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot of a library.

    Attributes:
        path: the file, a backup.
        bytes: its size.
    """

    path: Path
    bytes: int


def snapshots(library: Path) -> list[Snapshot]:
    """Return the snapshots of a library, the oldest first.

    Those from the future come before all others: the clock was wrong when they were taken.
    """
    now = time.time_ns()
    states = [(path, path.stat()) for path in (library / SNAPSHOTS).glob("*.zip")]
    states.sort(key=lambda one: (one[1].st_mtime_ns <= now, one[1].st_mtime_ns))
    return [Snapshot(path, state.st_size) for path, state in states]


def take_daily_snapshot(library: Path) -> None:
    """Take a snapshot unless there is one from today, the library is empty, or nothing has changed.

    The seven latest are kept. If a snapshot fails, that is only logged.
    """
    catalogue = library / CATALOGUE
    file = library / SNAPSHOTS / f"{datetime.now():%Y-%m-%d}.zip"
    if not catalogue.exists() or is_read_only(catalogue) or file.exists():
        return
    if _is_empty(library):
        return
    changed = _last_change(library)
    if changed in [one.path.stat().st_mtime_ns for one in snapshots(library)]:
        return
    try:
        file.parent.mkdir(exist_ok=True)
        _remove_interrupted(file.parent)
        write_backup(library, file, pdfs=False)
        os.utime(file, ns=(changed, changed))  # not the time by a clock that may be set back
        daily = [one for one in snapshots(library) if one.path.name != BEFORE_RESTORE]
        for old in daily[:-_KEPT]:
            old.path.unlink()
    except (AssistantError, OSError) as error:
        _log.warning("No snapshot of the library was taken: %s", error)


def _is_empty(library: Path) -> bool:
    """Return whether a library has neither papers nor conversations, or cannot be read."""
    try:
        with closing(sqlite3.connect(library / CATALOGUE)) as db:
            [(papers,)] = db.execute("SELECT EXISTS (SELECT 1 FROM papers)")
        return not papers and not (library / CONVERSATIONS).exists()
    except sqlite3.Error:
        return True


def _remove_interrupted(folder: Path) -> None:
    for work in folder.glob(f"{WORK_PREFIX}*"):
        if time.time() - work.stat().st_mtime > _SECONDS_OF_A_DAY:  # not one that is in use
            shutil.rmtree(work, ignore_errors=True)


def _last_change(library: Path) -> int:
    """Return the time when the catalogue or the conversations last changed, in ns since 1970."""
    names = [name + suffix for name in (CATALOGUE, CONVERSATIONS) for suffix in ("", "-wal")]
    paths = [library / name for name in names]
    states = [path.stat() for path in paths if path.exists()]
    # SQLite makes an empty write-ahead log to read.
    return max(state.st_mtime_ns for state in states if state.st_size)
