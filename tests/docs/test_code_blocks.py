"""The code blocks of the tutorial and the how-to pages run; those of docs/serve.md have a test of
their own."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.main import get_command

import assistant
from assistant import Assistant, Settings
from assistant.cli import app
from assistant.settings import cache_folder

ROOT = Path(__file__).resolve().parents[2]
SMALL_MODEL = "smollm2-135m-instruct"
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    ROOT / "eval" / "README.md",
    ROOT / "models" / "README.md",
]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The commands that load a language model: here the small one.
_COMMAND = f"""#!/bin/sh
case $1 in
ask | table | doctor) exec "{sys.executable}" -m assistant "$@" --model {SMALL_MODEL} ;;
*) exec "{sys.executable}" -m assistant "$@" ;;
esac
"""


def blocks(page: Path, language: str) -> list[str]:
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [code for of_language, code in found if of_language == language]


def run_shell_blocks(page: Path, home: Path) -> str:
    """Run the bash blocks of a page in one shell, in their order; return what they print."""
    command = home / "bin" / "assistant"
    command.parent.mkdir()
    command.write_text(_COMMAND, encoding="utf-8")
    command.chmod(0o755)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks(page, "bash"))],
        cwd=home,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "ASSISTANT_CACHE": str(cache_folder()),
            "HOME": str(home),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def tutorial(models_cache: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the tutorial was followed, and what its commands printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    return folder, run_shell_blocks(ROOT / "docs" / "tutorial.md", folder)


def test_tutorial_searches_and_answers(tutorial: tuple[Path, str]) -> None:
    _, printed = tutorial
    assert "Teaching Parrots to Count" in printed
    assert "Half of the birds reach an accuracy of 93 percent" in " ".join(printed.split())


def test_tutorial_writes_the_files_that_it_names(tutorial: tuple[Path, str]) -> None:
    folder, _ = tutorial
    assert (folder / "library.zip").stat().st_size > 0
    assert "Survey of Lighthouse Keepers" in (folder / "recent.ris").read_text("utf-8")
    header, *rows = (folder / "papers.csv").read_text("utf-8").splitlines()
    assert header.startswith("title,year,url,subject,number of subjects,")
    assert len(rows) >= 3


def test_tutorial_in_python(
    tutorial: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, _ = tutorial
    settings = Settings(model=SMALL_MODEL, abstention_threshold=0.0)
    opened = SimpleNamespace(open=lambda library: Assistant.open(library, settings=settings))
    monkeypatch.setattr(assistant, "Assistant", opened)
    monkeypatch.chdir(folder)
    [code] = blocks(ROOT / "docs" / "tutorial.md", "python")
    exec(compile(code, "docs/tutorial.md", "exec"), {})
    assert "Glacier Melt Seen from Balloons" in capsys.readouterr().out


def test_commands_of_the_installation_page_run(models_cache: None, tmp_path: Path) -> None:
    printed = run_shell_blocks(ROOT / "docs" / "install.md", tmp_path)
    assert f"assistant {assistant.__version__}" in printed
    assert "bash completion installed" in printed


def console_commands(page: Path) -> list[str]:
    """Return the commands of the console blocks of a page, continued lines joined."""
    text = "\n".join(blocks(page, "console")).replace("\\\n", " ")
    lines = [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
    return [re.split(r"\s+#\s", line)[0].strip() for line in lines]


COMMANDS = sorted({(page.name, line) for page in PAGES for line in console_commands(page)})
_IN_CONTAINER = re.compile(r"(?:\bpaper-assistant|\brun --rm assistant) (?=[a-z])")
OURS = [
    (page, re.split(r" [|>]", line)[0].strip())
    for page, line in COMMANDS
    if line.startswith("assistant ")
] + [
    (page, f"assistant {_IN_CONTAINER.split(line)[-1]}")
    for page, line in COMMANDS
    if _IN_CONTAINER.search(line) and line.startswith(("podman run", "docker compose"))
]


@pytest.mark.parametrize(("page", "line"), OURS)
def test_command_exists_with_its_options(page: str, line: str) -> None:
    command: Any = get_command(app)
    _, *arguments = shlex.split(line)
    while hasattr(command, "commands"):
        context = command.context_class(command)
        _, command, arguments = command.resolve_command(context, arguments)
    command.make_context(line, arguments)


@pytest.mark.parametrize(
    ("page", "target"),
    [(page, line.split()[1]) for page, line in COMMANDS if line.startswith("make ")],
)
def test_make_target_exists(page: str, target: str) -> None:
    done = subprocess.run(
        [shutil.which("make") or "make", "--dry-run", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
