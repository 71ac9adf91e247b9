"""A library whose files others own: what can be read is read, and the rest is named in one line."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import COMMAND, Outcome

# Root may write everything, unless it gives that up.
_WITHOUT_OVERRIDE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")

Run = Callable[..., Outcome]


@pytest.fixture
def folder(library_folder: Path) -> Iterator[Path]:
    """A library with the five made-up papers, an API key and a saved search."""
    (library_folder / "api-keys.json").write_text("{}")
    (library_folder / "saved-searches.json").write_text("{}")
    shutil.rmtree(library_folder / "snapshots", ignore_errors=True)
    yield library_folder
    subprocess.run(["chmod", "-R", "u+rwX", library_folder], check=True)


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command in a process that permissions apply to."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root may write everything")

    def run_command(*arguments: str | Path) -> Outcome:
        done = subprocess.run(
            [*(_WITHOUT_OVERRIDE if os.geteuid() == 0 else ()), *COMMAND, *map(str, arguments)],
            env={**os.environ, "ASSISTANT_LIBRARY": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run_command


def take_write_permission(folder: Path) -> None:
    subprocess.run(["chmod", "-R", "a-w", folder], check=True)


def test_library_that_nobody_may_write_is_searched_and_backed_up(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    take_write_permission(folder)
    found = run("search", "How well do parrots count?", "--json")
    assert found.data["papers"][0]["title"] == "Teaching Parrots to Count"
    assert run("backup", tmp_path / "backup.zip", "--vectors").code == 0
    assert "5 of 5 papers saved" in run("rescue", tmp_path / "saved.jsonl").out


@pytest.mark.parametrize(
    "change",
    [
        ["keys", "add", "laptop"],
        ["watch", "add", "--arxiv", "parrots"],
        ["papers", "reindex"],
    ],
    ids=" ".join,
)
def test_change_that_is_not_permitted_is_refused_in_one_line(
    run: Run, folder: Path, change: list[str]
) -> None:
    for path in (folder / "api-keys.lock", folder / "saved-searches.lock", folder / "writing.lock"):
        path.touch()
    take_write_permission(folder)
    folder.chmod(0o700)
    outcome = run(*change)
    assert outcome.code == 2
    assert "cannot be written: Permission denied" in outcome.err
    assert "--library" in outcome.err
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["catalogue.sqlite", "saved-searches.json"])
def test_backup_names_the_file_that_cannot_be_read(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    (folder / name).chmod(0)
    outcome = run("backup", tmp_path / "backup.zip")
    assert outcome.code == 2
    assert f"{folder / name} cannot be read: Permission denied" in outcome.err


def test_doctor_names_the_file_that_cannot_be_read(run: Run, folder: Path) -> None:
    (folder / "catalogue.sqlite").chmod(0)
    outcome = run("doctor")
    assert outcome.code == 1
    assert "Permission denied" in outcome.out
