"""SQLite files with a versioned schema: transactions and migrations."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.storage.database import Database

_FIRST = "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1;"
_SECOND = "ALTER TABLE notes ADD COLUMN author TEXT; PRAGMA user_version = 2;"


@pytest.mark.parametrize("by_itself", [False, True])
def test_failed_transaction_is_rolled_back_even_if_sqlite_did_so_already(
    tmp_path: Path, by_itself: bool
) -> None:
    def fail(database: Database) -> None:
        with database.transaction():
            database.execute("INSERT INTO notes VALUES ('lost')")
            if by_itself:
                database.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

    with closing(Database(tmp_path / "notes.sqlite", [_FIRST])) as database:
        with pytest.raises(sqlite3.OperationalError, match="disk is full"):
            fail(database)
        with database.transaction():
            database.execute("INSERT INTO notes VALUES ('kept')")
        assert database.rows("SELECT text FROM notes") == [("kept",)]


def test_old_file_is_migrated_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with closing(Database(path, [_FIRST])) as database, database.transaction():
        database.execute("INSERT INTO notes VALUES ('old')")
    for _ in range(2):
        with closing(Database(path, [_FIRST, _SECOND])) as database:
            assert database.rows("SELECT text, author FROM notes") == [("old", None)]


def test_failed_migration_leaves_the_old_schema(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    Database(path, [_FIRST]).close()
    broken = "CREATE TABLE more (text TEXT); CREATE TABLE notes (text TEXT);"
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Database(path, [_FIRST, broken])
    with closing(Database(path, [_FIRST])) as database:
        assert database.rows("SELECT name FROM sqlite_master") == [("notes",)]


def test_newer_file_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    Database(path, [_FIRST, _SECOND]).close()
    with pytest.raises(LibraryError, match="Update the assistant"):
        Database(path, [_FIRST])


def test_new_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with closing(Database(path, [_FIRST])) as database, database.transaction():
        database.execute("INSERT INTO notes VALUES ('mine')")
        for file in tmp_path.glob("notes.sqlite*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
