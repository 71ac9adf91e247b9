"""Atomic writes of text files."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_disk import filled, small_disk

from assistant.atomic_write import write_atomically, write_cache
from assistant.errors import DiskFullError, InputError


def interrupted() -> Iterator[str]:
    yield "the first half, "
    raise KeyboardInterrupt


def test_file_is_written_in_utf_8_without_newline_translation(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new.txt", ["Grüße\r\n", "all"])
    assert (tmp_path / "new.txt").read_bytes() == "Grüße\r\nall".encode()


def test_existing_file_is_replaced_with_overwrite_only(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    with pytest.raises(InputError, match=r"already exists.*--force"):
        write_atomically(path, ["new"])
    assert path.read_text() == "old"
    write_atomically(path, ["new"], overwrite=True)
    assert path.read_text() == "new"


def test_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, interrupted(), overwrite=True)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("old.txt", "old")]


def test_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_atomically(tmp_path / "link.txt", ["new"], overwrite=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize("place", ["missing/new.txt", "."])
def test_path_that_cannot_be_a_file_raises(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match="Name a file"):
        write_atomically(tmp_path / place, ["new"], overwrite=True)


def test_two_threads_that_write_the_same_file_do_not_mix(tmp_path: Path) -> None:
    both_have_begun = threading.Barrier(2)

    def pieces(text: str) -> Iterator[str]:
        yield text
        both_have_begun.wait()
        yield text

    with ThreadPoolExecutor() as threads:
        written = [
            threads.submit(write_atomically, tmp_path / "file", pieces(text), overwrite=True)
            for text in ("one", "two")
        ]
    assert [one.result() for one in written] == [None, None]
    assert (tmp_path / "file").read_text() in ("oneone", "twotwo")


def test_full_disk_is_said_to_be_full_and_the_old_file_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "100k") as disk:
        path = disk / "old.txt"
        path.write_text("old")
        with filled(disk), pytest.raises(DiskFullError, match="the disk is full"):
            write_atomically(path, ["new" * 10_000], overwrite=True)
        assert [(file.name, file.read_text()) for file in disk.iterdir()] == [("old.txt", "old")]


def test_cache_that_cannot_be_written_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "folder").mkdir()
    write_cache(tmp_path / "folder", "text")
    assert "is a folder" in caplog.text
    with small_disk(tmp_path / "disk", "100k") as disk, filled(disk):
        write_cache(disk / "new.txt", "text" * 10_000)
        assert not (disk / "new.txt").exists()
    assert "the disk is full" in caplog.text
