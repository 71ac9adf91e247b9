"""The help texts: they are fast and have examples."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import assistant
from assistant.cli import app, main
from assistant.papers.readers import READERS


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command of the app."""
    children = getattr(command, "commands", None)
    if children is None:
        yield path
        return
    for name, child in children.items():
        yield from _commands(child, (*path, name))


COMMANDS = list(_commands(get_command(app)))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    help_text = capsys.readouterr().out
    assert len(COMMANDS) > 20
    assert all(f" {command[0]} " in help_text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_every_command_has_an_example(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"])
    assert shown.exit_code == 0
    assert f"$ assistant {' '.join(command)}" in shown.output


def test_help_imports_no_slow_modules() -> None:
    script = (
        "import sys; from assistant.cli import main; code = main(['--help'])\n"
        "heavy = {'torch', 'gradio', 'chromadb', 'llama_cpp', 'sentence_transformers', 'numpy',"
        " 'scipy', 'httpx', 'jinja2', 'assistant.answering', 'assistant.library',"
        " 'assistant.models', 'assistant.papers', 'assistant.sources', 'assistant.evaluation'}\n"
        "sys.exit(code or ' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_version_option_prints_the_package_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"assistant {assistant.__version__}\n"


def test_help_of_add_lists_every_format() -> None:
    shown = CliRunner().invoke(app, ["add", "--help"], env={"COLUMNS": "400"}).output
    text = " ".join(shown.replace("│", " ").split())
    assert [reader.NAME for reader in READERS if reader.NAME not in text] == []
