"""Standard streams that are closed, and paths that are no text."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from command_line import COMMAND, Run


@pytest.mark.parametrize("closed", [">&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(library_folder: Path, papers_file: Path, closed: str) -> None:
    papers_file.write_text('{"title": "Closed", "abstract": "Nobody listens to the bees."}')
    command = [*COMMAND, "add", str(papers_file), "--library", str(library_folder)]
    done = subprocess.run(
        ["bash", "-c", f'"$@" {closed}', "bash", *command],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(library_folder / "catalogue.sqlite")) as catalogue:
        assert catalogue.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert catalogue.execute("SELECT count(*) FROM papers").fetchone() == (6,)


def test_password_without_a_standard_input_is_refused(library_folder: Path) -> None:
    command = [*COMMAND, "users", "add", "ada", "--library", str(library_folder)]
    done = subprocess.run(
        ["bash", "-c", '"$@" <&-', "bash", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: A secret has")


def test_folder_whose_name_is_no_text_is_refused_where_vectors_are_needed(
    run_apart: Run, library_folder: Path
) -> None:
    odd = library_folder.with_name("odd\udcff")
    try:
        shutil.copytree(library_folder, odd)
    except (OSError, UnicodeError):
        pytest.skip("file names are Unicode here")
    searched = run_apart("search", "bees", "--library", odd)
    assert searched.code == 2
    assert "no text in UTF-8" in searched.err
    assert run_apart("rescue", odd / "saved.jsonl", "--library", odd).code == 0
    assert (odd / "saved.jsonl").exists()
