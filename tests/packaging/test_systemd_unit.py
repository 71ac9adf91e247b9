"""The systemd user unit starts a command that exists, and systemd accepts it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from assistant.cli import app

UNIT = Path(__file__).resolve().parents[2] / "packaging" / "systemd" / "paper-assistant.service"


def start_command() -> list[str]:
    lines = UNIT.read_text("utf-8").splitlines()
    [command] = [line for line in lines if line.startswith("ExecStart=")]
    return command.removeprefix("ExecStart=").split()


def test_unit_starts_the_server() -> None:
    program, name, *arguments = start_command()
    assert program == "%h/.local/bin/assistant"
    command: Any = get_command(app)
    command.commands[name].make_context(name, arguments)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    command = tmp_path / ".local" / "bin" / "assistant"
    command.parent.mkdir(parents=True)
    command.symlink_to(sys.executable)
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", UNIT],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
