"""Files that an event of the page may name: uploads, and no others."""

from pathlib import Path
from typing import Any

import pytest

from assistant.chat.uploads import foreign_file

META = {"_type": "gradio.FileData"}


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "bees.bib").write_text("")
    (tmp_path / "secret.txt").write_text("")
    (folder / "link.bib").symlink_to(tmp_path / "secret.txt")
    return folder


def file_of(path: object) -> dict[str, Any]:
    return {"path": str(path), "meta": META}


def test_upload_may_be_named(uploads: Path) -> None:
    assert foreign_file({"data": [[file_of(uploads / "bees.bib")], "text"]}, uploads) == ""
    assert foreign_file({"event_data": {"path": "a word", "id": "x"}}, uploads) == ""
    assert foreign_file([None, 1, "x", {}], uploads) == ""


@pytest.mark.parametrize(
    "name", ["../secret.txt", "link.bib", "../uploads-of-others/x", "\0", "bees.bib/../../x"]
)
def test_files_elsewhere_may_not_be_named(uploads: Path, name: str) -> None:
    assert foreign_file({"data": [file_of(f"{uploads}/{name}")]}, uploads)


@pytest.mark.parametrize("path", ["http://192.0.2.1/x.bib", "https://a.example", "bees.bib", ""])
def test_addresses_and_relative_paths_may_not_be_named(uploads: Path, path: str) -> None:
    assert foreign_file({"data": [[[{"deep": file_of(path)}]]]}, uploads)
