"""A full disk and a closed pipe end a command without a traceback."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import COMMAND, Outcome, Run
from small_disk import small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that is large enough for the catalogue, too small for the vectors."""
    with small_disk(tmp_path / "disk", "700k") as disk:
        yield disk


def test_disk_full_while_creating_the_catalogue_is_reported(
    run_apart: Run, disk: Path, papers_file: Path
) -> None:
    (disk / "other").write_bytes(bytes(680_000))
    outcome = run_apart("add", papers_file, "--library", disk / "library")
    assert_told_that_disk_is_full(outcome)


def test_disk_full_while_indexing_loses_no_paper(
    run_apart: Run, disk: Path, papers_file: Path
) -> None:
    library = disk / "library"
    (disk / "other").write_bytes(bytes(300_000))
    assert_told_that_disk_is_full(run_apart("add", papers_file, "--library", library))
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
    found = run_apart("search", "How well do parrots count?", "--library", library, "--json")
    assert found.data["papers"][0]["title"] == "Teaching Parrots to Count"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_to_full_disk_is_reported_in_one_line(run_apart: Run, library_folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        outcome = run_apart("papers", "list", "--library", library_folder, stdout=full)
    assert outcome.code == 2
    assert outcome.err.startswith("Error: The disk is full.")
    assert len(outcome.err.splitlines()) == 1


def test_closed_output_pipe_ends_the_command_silently(library_folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "papers", "list", "--library", library_folder],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def assert_told_that_disk_is_full(outcome: Outcome) -> None:
    assert outcome.code == 2
    assert "Error: " in outcome.err
    assert "full" in outcome.err
    assert "Traceback" not in outcome.err
