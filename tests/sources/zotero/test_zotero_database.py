"""Zotero's database is copied before it is read, and never changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from zotero_stand_in import Zotero

from assistant.errors import InputError, LibraryError
from assistant.sources.zotero.database import database_snapshot
from assistant.sources.zotero.reference import ZoteroReference
from assistant.sources.zotero.state import ReferenceState

EVERYTHING, NOTHING_KNOWN = ZoteroReference("users/0"), ReferenceState()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    zotero = Zotero()
    zotero.put("SNAILS00", 5, itemType="book", title="Slow Snails", date="2020-03-00")
    return zotero.write_database(tmp_path / "Zotero")


def titles(file: Path) -> list[str]:
    return [one["title"] for one in database_snapshot(file, EVERYTHING, NOTHING_KNOWN).changed]


def test_transaction_that_was_interrupted_is_not_read_and_stays_for_zotero(file: Path) -> None:
    """Zotero was killed within a transaction, whose journal lies beside the database."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN EXCLUSIVE")
        database.execute(
            "UPDATE itemDataValues SET value = 'Half Written' WHERE value LIKE 'Slow%'"
        )
        database.executemany(
            "INSERT INTO itemDataValues (value) VALUES (?)", [(f"{n:01000}",) for n in range(50)]
        )
        left = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    folder = file.parent.with_name("killed")
    folder.mkdir()
    for name, content in left.items():
        (folder / name).write_bytes(content)
    assert b"Half Written" in left["zotero.sqlite"]
    assert titles(folder / "zotero.sqlite") == ["Slow Snails"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == left


def test_database_is_read_while_zotero_has_locked_it(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        assert titles(file) == ["Slow Snails"]


@pytest.mark.parametrize(
    ("stored", "date"),
    [
        ("2020-03-00 March 2020", "2020-03"),
        ("2020-00-00 2020", "2020"),
        ("0000-00-00 in press", "in press"),
        ("spring 2020", "spring 2020"),
    ],
)
def test_dates_have_the_part_for_sorting(file: Path, stored: str, date: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE itemDataValues SET value = ? WHERE value LIKE '2020%'", (stored,))
        database.commit()
    [item] = database_snapshot(file, EVERYTHING, NOTHING_KNOWN).changed
    assert item["date"] == date


def test_groups_are_libraries_of_their_own(file: Path) -> None:
    assert database_snapshot(file, ZoteroReference("groups/12"), NOTHING_KNOWN).stamps == {}
    with pytest.raises(InputError, match="no library at /groups/7"):
        database_snapshot(file, ZoteroReference("groups/7"), NOTHING_KNOWN)


def test_damaged_database_is_an_error_that_says_what_to_do(file: Path) -> None:
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError, match=r"cannot be read .*Start Zotero"):
        titles(file)
