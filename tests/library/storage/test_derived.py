"""SQLite files of derived data: rebuilt when damaged or of another version."""

import os
from pathlib import Path

import pytest

from assistant.library.storage.derived import DerivedDatabase

_SCHEMA = "CREATE TABLE words (word TEXT)"


def with_word(path: Path, word: str, version: int = 1) -> DerivedDatabase:
    database = DerivedDatabase(path, _SCHEMA, version)
    with database.transaction() as connection:
        connection.execute("INSERT INTO words VALUES (?)", (word,))
    return database


def test_file_is_kept_until_its_version_changes(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    with_word(path, "loaf").close()
    assert DerivedDatabase(path, _SCHEMA, 1).rows("SELECT word FROM words") == [("loaf",)]
    assert DerivedDatabase(path, _SCHEMA, 2).rows("SELECT word FROM words") == []


def test_damaged_file_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    path.write_bytes(b"no database" * 1000)
    assert with_word(path, "loaf").rows("SELECT word FROM words") == [("loaf",)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_file_that_cannot_be_written_is_read_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    with_word(path, "loaf").close()
    path.chmod(0o400)
    changed = with_word(path, "bun")
    assert changed.rows("SELECT word FROM words") == [("loaf",), ("bun",)]
    changed.close()
    assert DerivedDatabase(path, _SCHEMA, 1).rows("SELECT word FROM words") == [("loaf",)]
