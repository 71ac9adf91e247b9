"""Damaged SQLite files: which errors mean damage, and the error that users see."""

import sqlite3
from pathlib import Path

from assistant.errors import LibraryError

_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# The primary code of an extended result code, such as SQLITE_CORRUPT_VTAB.
_PRIMARY = 0xFF


class DamagedError(LibraryError):
    """A file of a library is damaged."""

    def __init__(self, path: Path, reason: object) -> None:
        """Describe the damage.

        Args:
            path: the file.
            reason: what is wrong with it.
        """
        super().__init__(
            f"{path} is damaged ({reason}). `assistant doctor` checks all of the library. Restore "
            "a snapshot or a backup with `assistant restore`, or save what can still be read with "
            "`assistant rescue FILE`."
        )


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error means that the content of the file is damaged."""
    code = getattr(error, "sqlite_errorcode", None)
    # Python itself raises the error about a text that is not UTF-8, without a code.
    return "decode to UTF-8" in str(error) if code is None else code & _PRIMARY in _CODES
