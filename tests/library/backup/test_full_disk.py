"""Backups and restores when there is no room for them."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_disk import filled, small_disk

# The tests of the library share these modules.
sys.path.insert(0, str(Path(__file__).parents[1]))

from made_library import PAPERS, make_library

from assistant.errors import DiskFullError
from assistant.library import Catalogue
from assistant.library.backup.archive import write_backup
from assistant.library.backup.restore import restore_backup
from assistant.library.backup.snapshots import snapshots, take_daily_snapshot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with five papers and a conversation. Change a copy."""
    folder = tmp_path_factory.mktemp("made")
    make_library(folder)
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "4m") as disk:
        yield disk


def titles(folder: Path) -> list[str]:
    with closing(Catalogue(folder / "catalogue.sqlite")) as catalogue:
        return [paper.title for paper in catalogue.papers()]


def test_backup_says_that_there_is_no_room_for_it(made: Path, disk: Path) -> None:
    with filled(disk), pytest.raises(DiskFullError, match=r"the disk is full\. Free some space"):
        write_backup(made, disk / "backup.zip")
    assert list(disk.iterdir()) == []
    assert write_backup(made, disk / "backup.zip").papers == 5


@pytest.mark.parametrize("room_kb", range(40, 400, 20))
def test_snapshot_without_room_is_left_out(
    made: Path, disk: Path, room_kb: int, caplog: pytest.LogCaptureFixture
) -> None:
    ignored = shutil.ignore_patterns("vectors", "snapshots")
    folder = shutil.copytree(made, disk / "library", ignore=ignored)
    (disk / "kept free").write_bytes(bytes(room_kb * 1024))
    with filled(disk):
        (disk / "kept free").unlink()
        take_daily_snapshot(folder)
        assert snapshots(folder) or "No snapshot of the library was taken" in caplog.text
    assert titles(folder) == [paper.title for paper in PAPERS]


def test_library_is_not_taken_for_damaged_when_temporary_files_have_no_room(
    made: Path, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(made, tmp_path / "library")
    write_backup(made, tmp_path / "backup.zip")
    monkeypatch.setattr("tempfile.tempdir", str(disk))
    with filled(disk), pytest.raises((DiskFullError, OSError)):
        restore_backup(folder, tmp_path / "backup.zip")
    assert not list(folder.glob("damaged-*"))
    assert restore_backup(folder, tmp_path / "backup.zip").papers == 5
