"""Atomic writes of text files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.atomic_write import write_atomically
from assistant.errors import InputError


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
