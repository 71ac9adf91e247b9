"""SQLite files of derived data, which are rebuilt if they are damaged or have another version."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.library.storage.damage import is_damage
from assistant.library.storage.database import Row, create_private, one_transaction
from assistant.library.storage.read_only import PrivateCopy, is_read_only

_log = logging.getLogger(__name__)


class DerivedDatabase:
    """A SQLite file of data that can be recomputed. Any thread may call it.

    If the file cannot be written, an in-memory copy is used.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Set the file; it is opened, or created, on first use.

        Args:
            path: the file.
            schema: a SQL script that creates the tables.
            version: the version of the data. A file with another version is rebuilt.
        """
        self._path = path
        self._schema = schema
        self._version = version
        self._lock = threading.RLock()
        self._database: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        with self._lock:
            return self._open().execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction; roll back if it raises."""
        with self._lock:
            database = self._open()
            with one_transaction(database):
                yield database

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            try:
                self._database = self._connect()
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                _log.warning("%s is damaged (%s): it is rebuilt.", self._path, error)
                delete_database(self._path)
                self._database = self._connect()
        return self._database

    def _connect(self) -> sqlite3.Connection:
        """Open the file, or a copy of it, with the tables of this version."""
        if is_read_only(self._path if self._path.exists() else self._path.parent):
            database = copy_in_memory(self._path)
        else:
            create_private(self._path)
            database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        try:
            database.execute("PRAGMA busy_timeout = 10000")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA foreign_keys = ON")
            if not self._is_current(database):
                with one_transaction(database):
                    # Another process may have created the tables in the meantime.
                    if not self._is_current(database):
                        self._make_tables(database)
            problems = database.execute("PRAGMA quick_check(1)").fetchall()
            if problems != [("ok",)]:
                raise _damaged(problems)
        except BaseException:
            database.close()
            raise
        return database

    def _is_current(self, database: sqlite3.Connection) -> bool:
        return bool(database.execute("PRAGMA user_version").fetchone()[0] == self._version)

    def _make_tables(self, database: sqlite3.Connection) -> None:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in reversed(tables):
            database.execute(f"DROP TABLE {name}")
        for statement in filter(str.strip, self._schema.split(";")):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {self._version}")


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """Return an in-memory copy of a read-only file; an empty database if there is no file."""
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    if path.exists():
        with closing(PrivateCopy(path)) as copy, closing(sqlite3.connect(copy.path)) as stored:
            stored.backup(database)
    return database


def delete_database(path: Path) -> None:
    """Delete a SQLite file with its write-ahead log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _damaged(problems: object) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(str(problems))
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
