"""A missing file of a library is no new library; a damaged one is reported in one line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from assistant.errors import LibraryError
from assistant.library import Catalogue, Conversations, Library
from assistant.library.storage.damage import DamagedError
from assistant.papers import Paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Library(tmp_path, WordEmbedder()).close()
    return tmp_path


@pytest.mark.parametrize("leave_empty", [False, True])
def test_missing_catalogue_is_an_error_that_offers_to_restore(
    folder: Path, leave_empty: bool
) -> None:
    (folder / "catalogue.sqlite").unlink()
    if leave_empty:
        (folder / "catalogue.sqlite").touch()
    with pytest.raises(LibraryError, match=r"is missing, though .*assistant restore"):
        Library(folder, WordEmbedder())
    assert not leave_empty or (folder / "catalogue.sqlite").stat().st_size == 0


def test_missing_catalogue_is_noticed_without_a_marker_if_there_are_vectors(folder: Path) -> None:
    (folder / "library.json").unlink()
    (folder / "catalogue.sqlite").unlink()
    (folder / "words.sqlite").touch()
    with pytest.raises(LibraryError, match="is missing"):
        Library(folder, WordEmbedder())


def test_missing_conversations_are_an_error(folder: Path) -> None:
    Conversations(folder / "conversations.sqlite").close()
    (folder / "conversations.sqlite").unlink()
    with pytest.raises(LibraryError, match=r"conversations.sqlite is missing"):
        Conversations(folder / "conversations.sqlite")


def test_marker_names_the_files_of_the_library(folder: Path) -> None:
    with closing(Conversations(folder / "conversations.sqlite")):
        marker = json.loads((folder / "library.json").read_text())
    assert marker["files"] == ["catalogue.sqlite", "conversations.sqlite"]


def test_damaged_page_of_the_catalogue_is_reported_in_one_line(folder: Path) -> None:
    with closing(Library(folder, WordEmbedder())) as library:
        library.catalogue.store(
            (Paper(title=f"Report {number}", abstract="We weigh stones. " * 90), [])
            for number in range(40)
        )
    file = folder / "catalogue.sqlite"
    data = bytearray(file.read_bytes())
    for start in range(10 * 4096, len(data), 3 * 4096):
        data[start : start + 4096] = bytes(4096)
    file.write_bytes(data)
    with closing(Catalogue(file)) as catalogue:
        with pytest.raises(DamagedError, match=r"is damaged .*assistant rescue FILE") as raised:
            catalogue.papers()
        assert "\n" not in str(raised.value)


def test_unreadable_value_of_a_record_is_reported_with_its_id(folder: Path) -> None:
    with closing(Catalogue(folder / "catalogue.sqlite")) as catalogue:
        catalogue.store([(Paper(title="Stones", abstract="Heavy.", arxiv_id="1901.00001"), [])])
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as db, db:
        db.execute("UPDATE papers SET authors = '[\"Ada'")
    with (
        closing(Catalogue(folder / "catalogue.sqlite")) as catalogue,
        pytest.raises(DamagedError, match=r"arxiv:1901\.00001"),
    ):
        catalogue.papers()
