"""A SQLite file with a versioned schema, in WAL mode, used by any number of threads."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError

Row = tuple[object, ...]


@contextmanager
def one_transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Make what is executed inside the block happen as a whole or not at all."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite may have rolled back itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


class Database:
    """One open file. Each statement, and each transaction as a whole, has it for itself."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open the file; make it if it is new.

        Args:
            path: the file.
            schema: the SQL script that makes its tables; sets ``user_version``.
            version: the ``user_version`` that the script sets.

        Raises:
            LibraryError: it cannot be opened, or was made by a newer version of the assistant.
        """
        self._path = path
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA busy_timeout = 10000")
            if self._version() == 0:
                self._create(schema)
            found = self._version()
        except sqlite3.Error as error:
            raise LibraryError(
                f"{path} cannot be opened ({error}). Free some space if the disk is full, or "
                "restore the file from a backup; without it the assistant makes a new one."
            ) from error
        if found > version:
            raise LibraryError(
                f"{path} was made by a newer version of the assistant. Update the assistant."
            )

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _create(self, schema: str) -> None:
        from filelock import FileLock

        # Two processes may make a new file at once; SQLite does not wait when its journal mode is
        # being changed.
        with FileLock(self._path.with_suffix(".lock")):
            if self._version() == 0:
                self._db.execute("PRAGMA journal_mode = WAL")
                # executescript would commit first: the transaction is written into the script
                # itself, so that a cut leaves no half-made schema.
                self._db.executescript(f"BEGIN IMMEDIATE;\n{schema}\nCOMMIT;")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is executed inside the block happen as a whole or not at all.

        Raises:
            LibraryError: the file cannot be written.
        """
        with self._lock:
            try:
                with one_transaction(self._db):
                    yield
            except sqlite3.Error as error:
                raise LibraryError(
                    f"{self._path} cannot be written ({error}). Free some space and try again: "
                    "what was saved before is not lost."
                ) from error

    def execute(self, sql: str, *values: object) -> int:
        """Run one statement of a transaction; return how many rows it changed."""
        return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return what a query finds."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()
