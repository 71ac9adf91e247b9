"""What a newcomer sees first: help that is instant and shows by example."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

import assistant
from assistant.cli import app, main

COMMANDS = ["ask", "search", "add", "watch", "chat", "doctor", "papers", "models", "eval"]
WITH_EXAMPLES = [
    ["ask"],
    ["search"],
    ["add"],
    ["chat"],
    ["doctor"],
    ["watch", "add"],
    ["watch", "list"],
    ["watch", "remove"],
    ["watch", "run"],
    ["papers", "list"],
    ["papers", "show"],
    ["papers", "remove"],
    ["papers", "reindex"],
    ["papers", "export"],
]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    help_text = capsys.readouterr().out
    assert all(f" {command} " in help_text for command in COMMANDS)


@pytest.mark.parametrize("command", WITH_EXAMPLES, ids=" ".join)
def test_the_help_of_a_command_shows_how_it_is_used(command: list[str]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"])
    assert shown.exit_code == 0
    assert f"$ assistant {' '.join(command)}" in shown.output


def test_help_imports_nothing_that_takes_long() -> None:
    script = (
        "import sys; from assistant.cli import main; code = main(['--help'])\n"
        "heavy = {'torch', 'gradio', 'chromadb', 'llama_cpp', 'sentence_transformers', 'numpy',"
        " 'scipy', 'assistant.answering'}\n"
        "sys.exit(code or ' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"assistant {assistant.__version__}\n"
