"""Backups of a library, daily snapshots, and restoring them."""

import os
import shutil
import sqlite3
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from own_csl_style import NUMBERED

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "papers"))

from consistency import assert_consistent
from made_library import PAPERS, make_library
from stones_pdf import stones_pdf
from word_embedder import WordEmbedder

from assistant.errors import InputError, LibraryError
from assistant.library import Catalogue, Conversations, Library
from assistant.library.backup import archive
from assistant.library.backup.archive import read_manifest, write_backup
from assistant.library.backup.restore import restore_backup
from assistant.library.backup.snapshots import snapshots, take_daily_snapshot
from assistant.papers import Paper, read_files
from assistant.papers.references import styles_of_library


class Clock(datetime):
    """The days since 1 November 2026."""

    day = 0

    @classmethod
    def now(cls, *arguments: object) -> "Clock":  # type: ignore[override]
        return cls(2026, 11, 1) + timedelta(days=cls.day)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with five papers, a conversation, a setting and a saved search. Change a copy."""
    folder = tmp_path_factory.mktemp("made")
    make_library(folder)
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        conversations.save_settings({"papers_read": "5"})
    (folder / "saved-searches.json").write_text('{"stones": {}}')
    (folder / "styles").mkdir()
    (folder / "styles" / "numbers.csl").write_text(NUMBERED)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    write_backup(made, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def opened(folder: Path) -> Library:
    library = Library(folder, WordEmbedder())
    library.repair()
    return library


def titles(folder: Path) -> list[str]:
    with closing(Catalogue(folder / "catalogue.sqlite")) as catalogue:
        return [paper.title for paper in catalogue.papers()]


def questions(folder: Path) -> list[str]:
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        assert conversations.settings() == {"papers_read": "5"}
        return [one.title for one in conversations.all("")]


@pytest.mark.parametrize("vectors", [False, True])
def test_restored_library_has_all_that_was_backed_up(
    made: Path, tmp_path: Path, vectors: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, new = tmp_path / "backup.zip", tmp_path / "new"
    manifest = write_backup(made, backup, vectors=vectors)
    assert (manifest.papers, manifest.conversations) == (5, 1)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert restore_backup(new, backup) == manifest
    assert titles(new) == [paper.title for paper in PAPERS]
    assert questions(new) == ["What do stones weigh?"]
    assert (new / "saved-searches.json").read_text() == '{"stones": {}}'
    assert styles_of_library(new)["numbers.csl"].title == "Numbers"
    if vectors:  # nothing is computed

        def fail(self: object, texts: object) -> None:
            raise AssertionError("a text is embedded")

        monkeypatch.setattr("assistant.library.index.indexer.Indexer._index", fail)
    with closing(opened(new)) as library:
        assert_consistent(library)


@pytest.fixture
def live(folder: Path) -> Iterator[Library]:
    with closing(opened(folder)) as library:
        yield library


def test_backup_of_a_live_library_has_what_was_saved_last(
    live: Library, folder: Path, tmp_path: Path
) -> None:
    live.catalogue.store([(Paper(title="Last", abstract="Saved."), [])])
    assert write_backup(folder, tmp_path / "backup.zip").papers == 6


def test_restored_files_can_be_read_by_their_owner_only(folder: Path, tmp_path: Path) -> None:
    (folder / "accounts.json").write_text('{"accounts": []}')
    (folder / "running-server.json").write_text("{}")
    write_backup(folder, tmp_path / "with-accounts.zip")
    restored = tmp_path / "restored"
    restore_backup(restored, tmp_path / "with-accounts.zip")
    assert not (restored / "running-server.json").exists()
    opened(restored).close()
    assert restored.stat().st_mode & 0o077 == 0
    for name in ("accounts.json", "catalogue.sqlite", "conversations.sqlite", "words.sqlite"):
        assert (restored / name).stat().st_mode & 0o077 == 0, name


def test_restoring_into_a_live_library_is_seen_by_those_who_have_it_open(
    live: Library, folder: Path, backup: Path
) -> None:
    live.remove([PAPERS[0].id])
    live.add([Paper(title="Feathers", abstract="They are light.")])
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        conversations.start("", "And feathers?")
        restore_backup(folder, backup)
        assert [one.title for one in conversations.all("")] == ["What do stones weigh?"]
    assert live.catalogue.papers() == PAPERS
    live.repair()
    assert_consistent(live)
    before = folder / "snapshots" / "before-restore.zip"
    assert read_manifest(before).conversations == 2
    restore_backup(folder, before)
    assert "Feathers" in titles(folder)


@pytest.fixture
def with_pdf(live: Library, tmp_path: Path) -> Paper:
    """The paper of the live library that has a PDF."""
    (tmp_path / "stones.pdf").write_bytes(stones_pdf())
    live.add(read_files(tmp_path / "stones.pdf"))
    return live.catalogue.papers()[-1]


def test_pdfs_are_backed_up_and_restored(
    live: Library, with_pdf: Paper, folder: Path, tmp_path: Path
) -> None:
    assert write_backup(folder, tmp_path / "backup.zip").pdfs == 1
    assert write_backup(folder, tmp_path / "small.zip", pdfs=False).pdfs == 0
    restore_backup(tmp_path / "new", tmp_path / "backup.zip")
    with closing(opened(tmp_path / "new")) as restored:
        path = restored.pdfs.path(with_pdf)
        assert path is not None
        assert path.read_bytes() == stones_pdf()
        assert path.stat().st_mode & 0o777 == 0o600


def test_pdf_that_is_removed_during_a_backup_is_left_out(
    live: Library,
    with_pdf: Paper,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = archive._pdfs

    def list_then_remove(library: Path, catalogue: Path) -> dict[str, Path]:
        found = listed(library, catalogue)
        live.remove([with_pdf.id])
        return found

    monkeypatch.setattr(archive, "_pdfs", list_then_remove)
    assert write_backup(folder, tmp_path / "backup.zip").pdfs == 0
    restore_backup(tmp_path / "new", tmp_path / "backup.zip")
    assert with_pdf.title in titles(tmp_path / "new")


def test_pdfs_of_what_was_there_before_a_restore_come_back_with_it(
    live: Library, with_pdf: Paper, folder: Path, backup: Path
) -> None:
    restore_backup(folder, backup)
    path = folder / "pdfs" / f"{with_pdf.pdf.sha256}.pdf"  # type: ignore[union-attr]
    live.repair()
    assert path.exists()  # for a day, as that of a removed paper
    os.utime(path, (0, 0))
    live.repair()
    assert not path.exists()
    restore_backup(folder, folder / "snapshots" / "before-restore.zip")
    assert live.pdfs.path(with_pdf) == path


def test_snapshots_have_no_pdfs(live: Library, with_pdf: Paper, folder: Path) -> None:
    shutil.rmtree(folder / "snapshots", ignore_errors=True)
    take_daily_snapshot(folder)
    [snapshot] = snapshots(folder)
    assert read_manifest(snapshot.path).pdfs == 0
    restore_backup(folder, snapshot.path)
    assert live.pdfs.path(with_pdf)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_missing_or_damaged_catalogue_is_restored(
    folder: Path, backup: Path, is_damaged: bool
) -> None:
    catalogue = folder / "catalogue.sqlite"
    catalogue.unlink()
    if is_damaged:
        catalogue.write_bytes(b"no database" * 1000)
    restore_backup(folder, backup)
    assert titles(folder) == [paper.title for paper in PAPERS]
    assert bool(list(folder.glob("damaged-*/catalogue.sqlite"))) is is_damaged


def test_what_can_be_read_of_a_library_with_damaged_conversations_is_kept(
    folder: Path, backup: Path
) -> None:
    with closing(Library(folder, WordEmbedder())) as library:
        library.add([Paper(title="Newer", abstract="Than the backup.")])
    (folder / "saved-searches.json").write_text('{"newer": {}}')
    (folder / "conversations.sqlite").write_bytes(b"damaged" * 1000)
    restore_backup(folder, backup)
    assert titles(folder) == [paper.title for paper in PAPERS]
    [kept] = folder.glob("damaged-*")
    assert "Newer" in titles(kept)
    assert (kept / "saved-searches.json").read_text() == '{"newer": {}}'
    assert (kept / "conversations.sqlite").read_bytes() == b"damaged" * 1000


def test_damaged_backup_changes_nothing(folder: Path, backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 0xFF
    backup.write_bytes(data)
    with pytest.raises(InputError, match="is damaged"):
        restore_backup(folder, backup)
    backup.write_bytes(b"no zip")
    with pytest.raises(InputError, match="is no backup of a library"):
        restore_backup(folder, backup)
    assert titles(folder) == [paper.title for paper in PAPERS]
    assert not list(folder.glob("damaged-*"))


def test_backup_cannot_write_outside_the_library(folder: Path, backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        manifest = packed.read("manifest.json").decode()
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr("manifest.json", manifest.replace("saved-searches.json", "../evil.json"))
        packed.writestr("../evil.json", "{}")
    with pytest.raises(InputError, match="is no backup of a library"):
        restore_backup(folder, backup)
    assert not (folder.parent / "evil.json").exists()


def test_existing_file_is_not_overwritten_by_a_backup(made: Path, backup: Path) -> None:
    with pytest.raises(InputError, match="already exists"):
        write_backup(made, backup)


def test_backup_of_no_library_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        write_backup(tmp_path / "none", tmp_path / "backup.zip")


def test_seven_daily_snapshots_are_kept_of_days_with_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.backup.snapshots.datetime", Clock)
    for Clock.day in range(10):
        if Clock.day != 4:
            os.utime(folder / "catalogue.sqlite")
        take_daily_snapshot(folder)
        take_daily_snapshot(folder)
    days = [one.path.stem for one in snapshots(folder)]
    assert days == [f"2026-11-{day:02}" for day in (3, 4, 6, 7, 8, 9, 10)]
    assert all(one.bytes > 1000 for one in snapshots(folder))


def test_day_on_which_a_library_is_only_opened_has_no_snapshot(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.backup.snapshots.datetime", Clock)
    opened(folder).close()
    shutil.rmtree(folder / "snapshots", ignore_errors=True)
    for Clock.day in range(3):
        with closing(opened(folder)):
            take_daily_snapshot(folder)
    assert [one.path.name for one in snapshots(folder)] == ["2026-11-01.zip"]


def test_snapshots_of_a_clock_that_was_ahead_are_the_first_to_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.backup.snapshots.datetime", Clock)
    shutil.rmtree(folder / "snapshots", ignore_errors=True)
    next_year = time.time() + 365 * 86_400
    for Clock.day in (*range(365, 372), *range(3)):
        changed = next_year + Clock.day if Clock.day > 300 else time.time()
        os.utime(folder / "catalogue.sqlite", (changed, changed))
        take_daily_snapshot(folder)
        taken = folder / "snapshots" / f"{Clock.now():%Y-%m-%d}.zip"
        os.utime(taken, (changed, changed))  # by the clock of that day
        assert taken in [one.path for one in snapshots(folder)]
    assert len(snapshots(folder)) == 7
    names = [one.path.name for one in snapshots(folder)][-3:]
    assert names == ["2026-11-01.zip", "2026-11-02.zip", "2026-11-03.zip"]


def test_first_change_of_a_day_is_preceded_by_a_snapshot(live: Library, folder: Path) -> None:
    shutil.rmtree(folder / "snapshots", ignore_errors=True)
    live.remove([paper.id for paper in PAPERS])
    [snapshot] = snapshots(folder)
    assert read_manifest(snapshot.path).papers == 5


def test_no_snapshot_is_taken_of_an_empty_library(tmp_path: Path) -> None:
    with closing(Library(tmp_path, WordEmbedder())):
        take_daily_snapshot(tmp_path)
    assert snapshots(tmp_path) == []


def old_catalogue(path: Path, version: int) -> None:
    schemas = Path(sys.modules[Catalogue.__module__].__file__ or "").parent
    with closing(sqlite3.connect(path)) as db:
        for number in range(1, version + 1):
            db.executescript((schemas / f"schema-{number}.sql").read_text(encoding="utf-8"))
        db.execute("INSERT INTO meta VALUES ('embedder', 'words')")
        db.execute(
            "INSERT INTO papers (id, title, abstract, authors, source, content_hash, indexed) "
            "VALUES ('title:1', 'Snails', 'They are slow.', '[\"Ada Frost\"]', 'a.bib', 'x', 1)"
        )
        db.executemany(
            "INSERT INTO chunks (paper, level, start, end) VALUES (1, ?, 0, 14)",
            [("abstract",), ("chunk",), ("sentence",)],
        )
        db.commit()


LATEST = len(list(Path(sys.modules[Catalogue.__module__].__file__ or "").parent.glob("schema-*")))


@pytest.mark.parametrize("version", range(1, LATEST + 1))
def test_library_of_every_earlier_schema_is_read_backed_up_and_restored(
    version: int, tmp_path: Path
) -> None:
    old, new, backup = tmp_path / "old", tmp_path / "new", tmp_path / "backup.zip"
    old.mkdir()
    old_catalogue(old / "catalogue.sqlite", version)
    write_backup(old, backup) if version > 1 else shutil.copytree(old, new)
    if version > 1:
        restore_backup(new, backup)
    with closing(opened(new)) as library:
        assert [paper.authors for paper in library.catalogue.papers()] == [("Ada Frost",)]
        assert library.catalogue.words.match(["snails"], 5)
        assert_consistent(library)
