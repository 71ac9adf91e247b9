"""A SQLite file in WAL mode with a versioned schema, shared by any number of threads."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.storage.damage import DamagedError, is_damage
from assistant.library.storage.read_only import PrivateCopy, is_read_only

Row = tuple[object, ...]


@contextmanager
def one_transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one transaction; roll back if it raises."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite may already have rolled back by itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def create_private(path: Path) -> None:
    """Create a missing file that only its owner can read; SQLite's other files inherit the mode."""
    with contextlib.suppress(OSError):  # it exists already, or SQLite says what is wrong
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


class Database:
    """An open SQLite file. Its lock serializes single statements and whole transactions.

    All methods raise `DamagedError` if the file is damaged, and `sqlite3.Error` for other errors of
    SQLite. A file that cannot be written, or made, is read from a private copy.

    Attributes:
        is_read_only: whether the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str],
        temporary: str = "",
        *,
        changes_private_copy: bool = False,
    ) -> None:
        """Open the file, creating it if necessary, and bring its schema up to date.

        Args:
            path: the file.
            migrations: SQL scripts. The first one creates the schema in an empty file; script
                number n leaves ``user_version`` at n.
            temporary: an SQL script that creates what only this connection has.
            changes_private_copy: whether a private copy may be changed. The changes are lost when
                it is closed.

        Raises:
            LibraryError: the file was made by a newer version of the assistant.
            sqlite3.Error: the file cannot be opened or changed, or is damaged.
            OSError: the lock file cannot be created or locked.
        """
        self._path = path
        self._lock = threading.RLock()
        self.is_read_only = is_read_only(path if path.exists() else path.parent)
        self._copy = PrivateCopy(path) if self.is_read_only else None
        opened = self._copy.path if self._copy else path
        if not self.is_read_only:
            create_private(path)
        self._db = sqlite3.connect(opened, check_same_thread=False, isolation_level=None)
        try:
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA busy_timeout = 10000")
            if self._version() < len(migrations):
                self._migrate(opened.with_suffix(".lock"), migrations)
            if self._version() > len(migrations):
                raise LibraryError(
                    f"{path} was made by a newer version of the assistant. Update the assistant."
                )
            self._db.executescript(temporary)
            if self.is_read_only and not changes_private_copy:
                self._db.execute("PRAGMA query_only = ON")
        except BaseException:
            self.close()
            raise

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self, lock: Path, migrations: Sequence[str]) -> None:
        from filelock import FileLock

        # Two processes may open a new file at the same time, and SQLite's busy timeout does not
        # cover a change of the journal mode.
        with FileLock(lock):
            if self._version() == 0:
                self._db.execute("PRAGMA journal_mode = WAL")
            for script in migrations[self._version() :]:
                # executescript commits any open transaction first, so the script itself contains
                # the transaction: an interrupted migration leaves no half-made schema.
                self._db.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
            if self._copy:
                self._copy.close()

    def backup(self, path: Path) -> None:
        """Copy the current state to another SQLite file, while others read and write this one."""
        with self._reporting_damage(), closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)

    @contextmanager
    def _reporting_damage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                raise DamagedError(self._path, error) from error
            raise

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other threads out for the duration of the block."""
        with self._lock:
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction; roll back if it raises."""
        with self._lock, self._reporting_damage(), one_transaction(self._db):
            yield

    def execute(self, sql: str, *values: object) -> int:
        """Run one statement of a transaction; return the number of rows it changed."""
        return self._db.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one statement of a transaction for each row of values."""
        self._db.executemany(sql, rows)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query with positional parameters."""
        with self._lock, self._reporting_damage():
            return self._db.execute(sql, values).fetchall()

    def rows_by_name(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Return the rows of a query with named parameters."""
        with self._lock, self._reporting_damage():
            return self._db.execute(sql, values).fetchall()

    def change_count(self) -> int:
        """Return how many rows this connection has changed since it was opened."""
        return self._db.total_changes
