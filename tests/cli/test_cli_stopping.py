"""SIGTERM ends a command with exit code 0; bytes that are no text do no harm."""

import os
import subprocess
import sys
import time

import pytest

from assistant.cli import _as_text


def test_command_that_does_not_unwind_ends_all_the_same() -> None:
    code = """
import time
from assistant.cli.terminal.stopping import stopping_on_sigterm
with stopping_on_sigterm():
    while True:
        try:
            print("ready", flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            pass
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        started = time.monotonic()
        assert process.wait(30) == 0
        assert time.monotonic() - started < 10


def test_bytes_that_are_no_text_become_question_marks_in_all_but_names_of_files(
    tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.fsdecode(b"b\xffrd")
    assert _as_text(name) == "b?rd"
    monkeypatch.chdir(tmp_path)
    with open(name, "w"):  # noqa: PTH123
        pass
    assert _as_text(name) == name
    assert _as_text(f"--library={name}") == f"--library={name}"
