"""The code blocks of docs/serve.md run."""

import re
import shlex
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from run_async import in_thread
from server_under_test import Served
from typer.main import get_command

from assistant.cli import app

_TEXT = (Path(__file__).parents[1] / "docs" / "serve.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", _TEXT, re.MULTILINE | re.DOTALL)
_PYTHON = [code for language, code in _BLOCKS if language == "python"]
_SHELL = [code for language, code in _BLOCKS if language == "bash"]
_COMMANDS = [
    line.removeprefix("$ ").partition("  #")[0]
    for language, code in _BLOCKS
    if language == "console"
    for line in code.splitlines()
    if line.startswith("$ assistant")
]
_URL = "http://127.0.0.1:8000"


@pytest.mark.parametrize("code", _PYTHON, ids=range(len(_PYTHON)))
def test_python_runs(
    code: str, served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    served_library = SimpleNamespace(open=lambda _: served.state.assistant)
    monkeypatch.setattr("assistant.Assistant", served_library)
    program = compile(code.replace(_URL, served.url), "docs/serve.md", "exec")
    in_thread(lambda: exec(program, {}))
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("code", _SHELL, ids=range(len(_SHELL)))
def test_shell_commands_run(code: str, served: Served, tmp_path: Path) -> None:
    code = code.replace(_URL, served.url).replace("curl -s", "curl -sf")
    done = subprocess.run(
        ["bash", "-ec", code], cwd=tmp_path, text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("line", _COMMANDS)
def test_commands_exist_with_their_options(line: str) -> None:
    command: Any = get_command(app)
    _, *arguments = shlex.split(line)
    while hasattr(command, "commands"):
        _, command, arguments = command.resolve_command(typer.Context(command), arguments)
    command.make_context(line, arguments)
