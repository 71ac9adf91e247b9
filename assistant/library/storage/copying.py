"""Copying a SQLite file that is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import DiskFullError, LibraryError
from assistant.library.storage.damage import DamagedError, is_damage
from assistant.library.storage.disk_errors import is_out_of_room
from assistant.library.storage.read_only import PrivateCopy, is_read_only


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file that other processes may be writing to.

    Raises:
        DamagedError: it is damaged.
        LibraryError: it cannot be read.
        DiskFullError: there is no room for the copy.
    """
    copy = PrivateCopy(source) if is_read_only(source) else None
    try:
        with (
            closing(sqlite3.connect(copy.path if copy else source)) as original,
            closing(sqlite3.connect(target)) as made,
        ):
            original.backup(made)
            made.execute("PRAGMA journal_mode = DELETE")
            problems = [str(row[0]) for row in made.execute("PRAGMA quick_check(1)")]
        if problems != ["ok"]:
            raise DamagedError(source, problems[0])
    except sqlite3.Error as error:
        if is_damage(error):
            raise DamagedError(source, error) from error
        if is_out_of_room(error):
            raise DiskFullError(f"A copy of {source}") from error
        raise LibraryError(f"{source} cannot be copied: {error}. Try again.") from error
    finally:
        if copy:
            copy.close()
