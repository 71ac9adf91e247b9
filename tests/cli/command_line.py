"""Helpers for the tests of the command line: running commands, and their outcomes."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND: Sequence[str] = (sys.executable, "-m", "assistant")


@dataclass(frozen=True)
class Outcome:
    """The exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@contextmanager
def in_terminal(
    *arguments: str | Path,
) -> Iterator[tuple["subprocess.Popen[bytes]", Callable[[], str]]]:
    """Run a command in a pseudo-terminal; yield the process and a function that reads output."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "400"}
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)

    def read() -> str:
        try:
            return os.read(ours, 4096).decode(errors="replace")
        except OSError:  # the command has ended
            return ""

    try:
        yield process, read
    finally:
        process.kill()
        process.wait()
        os.close(ours)
