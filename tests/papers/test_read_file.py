"""Files that cannot be read: one sentence that says which file, why, and what to do."""

import os
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.papers import read_file


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file .*nowhere\.txt"):
        read_file(tmp_path / "nowhere.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="nothing is forbidden to this user",
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.touch(mode=0o000)
    with pytest.raises(InputError, match=r"secret\.txt cannot be read"):
        read_file(file)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n\r\n\t", "is empty", id="white space only"),
        pytest.param(b"%PDF-1.7\x00\x01\x02", "binary file", id="binary"),
        pytest.param("Über Tomaten".encode("latin-1"), "not UTF-8 text", id="another encoding"),
        pytest.param(b"Menu\n\nSubscribe\n", "holds no papers", id="page without papers"),
        pytest.param(b"\xef\xbb\xbf", "holds no papers", id="byte order mark only"),
    ],
)
def test_a_file_without_papers(data: bytes, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(InputError, match=complaint) as caught:
        read_file(file)
    assert str(file) in str(caught.value)


def test_a_file_that_no_reader_knows_lists_the_formats(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("A shopping list: milk, eggs.", encoding="utf-8")
    with pytest.raises(InputError, match=r"Formats read: .*JSON Lines.*Hugging Face Papers page"):
        read_file(file)
