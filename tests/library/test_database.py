"""A SQLite file: what goes wrong in a transaction is told, and the next one works."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.database import Database

_SCHEMA = "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1;"


@pytest.mark.parametrize("by_itself", [False, True])
def test_a_transaction_that_fails_is_undone_whether_or_not_sqlite_has_done_so(
    tmp_path: Path, by_itself: bool
) -> None:
    def fail(database: Database) -> None:
        with database.transaction():
            database.execute("INSERT INTO notes VALUES ('lost')")
            if by_itself:
                database.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

    with closing(Database(tmp_path / "notes.sqlite", _SCHEMA, 1)) as database:
        with pytest.raises(LibraryError, match="disk is full"):
            fail(database)
        with database.transaction():
            database.execute("INSERT INTO notes VALUES ('kept')")
        assert database.rows("SELECT text FROM notes") == [("kept",)]
