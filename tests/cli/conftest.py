"""Fixtures that run commands in this process or in a separate one."""

import json
import os
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from command_line import COMMAND, Outcome, Run

from assistant.cli import main
from assistant.library import Embedder, Library
from assistant.models import locate
from assistant.papers import Paper


@pytest.fixture
def run(
    models_cache: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a command in this process. The default library is a folder of the test."""
    monkeypatch.setenv("ASSISTANT_LIBRARY", str(tmp_path / "library"))

    def run_command(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def run_apart(models_cache: None, tmp_path: Path) -> Run:
    """Run a command in a separate process."""
    environment = {**os.environ, "ASSISTANT_LIBRARY": str(tmp_path / "library")}

    def run_command(*arguments: str | Path, **options: Any) -> Outcome:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            env=environment,
            text=True,
            check=False,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
        )
        return Outcome(done.returncode, done.stdout or "", done.stderr or "")

    return run_command


@pytest.fixture
def papers_file(made_up_papers: list[Paper], tmp_path: Path) -> Path:
    """The five made-up papers as JSON Lines."""
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(asdict(paper)) + "\n" for paper in made_up_papers))
    return path


@pytest.fixture
def embedder_copy(embedder: Embedder, tmp_path: Path) -> Path:
    """A copy of the embedder in another folder, which libraries treat as another embedder."""
    return Path(shutil.copytree(locate(embedder.name), tmp_path / "other-embedder"))


@pytest.fixture
def library_folder(small_library: Library) -> Path:
    """A library with the five made-up papers, in the default folder of commands."""
    return small_library.folder
