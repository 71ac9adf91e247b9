"""Files are written whole or not at all, and what is there stays unless told otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.atomic_write import write_whole
from assistant.errors import InputError


def breaking_off() -> Iterator[str]:
    yield "the first half, "
    raise KeyboardInterrupt


def test_a_file_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "new.txt", ["Grüße\r\n", "all"])
    assert (tmp_path / "new.txt").read_bytes() == "Grüße\r\nall".encode()


def test_a_file_that_is_there_stays_unless_it_may_go(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    with pytest.raises(InputError, match=r"is there already.*--force"):
        write_whole(path, ["new"])
    assert path.read_text() == "old"
    write_whole(path, ["new"], overwrite=True)
    assert path.read_text() == "new"


def test_a_cut_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, breaking_off(), overwrite=True)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("old.txt", "old")]


def test_a_link_still_leads_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_whole(tmp_path / "link.txt", ["new"], overwrite=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize("place", ["missing/new.txt", "."])
def test_a_place_that_takes_no_file_is_said(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match="Name a file"):
        write_whole(tmp_path / place, ["new"], overwrite=True)
