"""Bash, zsh and fish complete commands and names of models after `--install-completion`."""

import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

LINES = [
    ("assistant papers exp", "export"),
    ("assistant models pull smol", "smollm2-135m-instruct"),
    ("assistant ask --model smol", "smollm2-135m-instruct"),
]
# Bash calls the function that `complete -F` names with the words of the line.
_IN_BASH = """
. ~/.bashrc
COMP_WORDS=($1) COMP_CWORD=$(($(wc -w <<<"$1") - 1))
_assistant_completion assistant
printf '%s\\n' "${COMPREPLY[@]}"
"""
_SECONDS = 60


def completion_installed(shell: str, home: Path) -> Mapping[str, str]:
    """Let a shell set up completion in a home folder; return the environment for that shell."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    commands = home / "bin"
    commands.mkdir(parents=True)
    command = commands / "assistant"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assistant "$@"\n')
    command.chmod(0o755)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": path, "TERM": "xterm"}
    # The shell is told by the parent of the process; `true` keeps the shell from being replaced.
    install = [shell, "-c", "assistant --install-completion; true"]
    done = subprocess.run(install, env=environment, capture_output=True, text=True, check=True)
    assert f"{shell} completion installed" in done.stdout
    return environment


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return completion_installed("bash", tmp_path_factory.mktemp("bash"))


@pytest.fixture(scope="module")
def zsh(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return completion_installed("zsh", tmp_path_factory.mktemp("zsh"))


@pytest.fixture(scope="module")
def fish(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return completion_installed("fish", tmp_path_factory.mktemp("fish"))


@pytest.mark.parametrize(("line", "completed"), LINES)
def test_bash(bash: Mapping[str, str], line: str, completed: str) -> None:
    command = ["bash", "-c", _IN_BASH, "bash", line]
    done = subprocess.run(command, env=bash, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [completed]


@pytest.mark.parametrize(("line", "completed"), LINES)
def test_fish(fish: Mapping[str, str], line: str, completed: str) -> None:
    command = ["fish", "-c", f"complete --do-complete '{line}'"]
    done = subprocess.run(command, env=fish, capture_output=True, text=True, check=True)
    assert done.stdout.partition("\t")[0].strip() == completed


@pytest.mark.parametrize(("line", "completed"), LINES)
def test_zsh(zsh: Mapping[str, str], line: str, completed: str) -> None:
    """Its completion needs a line editor, and that a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["zsh", "-i"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**zsh, "PS1": "ready>"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        read_until(ours, "ready>")
        # The first Tab of a session loads Typer's script, and completes nothing.
        os.write(ours, f"{line}\t\t".encode())
        read_until(ours, f"{completed.removeprefix(line.split()[-1])}\x1b")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(terminal: int, text: str) -> None:
    """Read what a terminal shows until it has shown a text."""
    shown = ""
    while text not in shown:
        readable, _, _ = select.select([terminal], [], [], _SECONDS)
        assert readable, f"{text!r} was not shown within {_SECONDS} s, only {shown!r}"
        shown += os.read(terminal, 4096).decode(errors="replace")
