"""What the tests of the command line share: how commands are run, and what they leave behind."""

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
    """What a command left behind."""

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
    """Run a command in a terminal of its own; yield it and what reads a piece of its screen."""
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
