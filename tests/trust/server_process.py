"""A server in a process of its own, and what that process holds (Linux)."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_START_S = 300


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds at a moment."""

    memory_mb: float
    handles: int
    threads: int

    def __str__(self) -> str:
        return f"{self.memory_mb:.0f} MB, {self.handles} handles, {self.threads} threads"


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A running server.

    Attributes:
        url: without a slash at the end.
        pid: of its process.
    """

    url: str
    pid: int

    def held(self) -> Held:
        """Return the resident memory, open files and sockets, and threads of the process."""
        process = Path(f"/proc/{self.pid}")
        status = dict(re.findall(r"^(\w+):\s+(\d+)", (process / "status").read_text(), re.M))
        handles = len(list((process / "fd").iterdir()))
        return Held(int(status["VmRSS"]) / 1024, handles, int(status["Threads"]))


@contextmanager
def served_library(folder: Path, log: Path) -> Iterator[ServerProcess]:
    """Run ``assistant serve`` over a library with the small model, which never abstains."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = (
        "abstention_threshold=0",
        "papers_read=1",  # of two similar papers, the small model may take the wrong one
        "max_answer_tokens=24",
        "papers_reranked=0",
        "reading_cache_mb=0",
    )
    command = [sys.executable, "-m", "assistant", "serve", "--library", str(folder)]
    command += ["--port", str(port), "--max-waiting", "100", "--model", "smollm2-135m-instruct"]
    for setting in settings:
        command += ["--set", setting]
    url = f"http://127.0.0.1:{port}"
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            _wait_until_ready(url, process, log)
            yield ServerProcess(url, process.pid)
        finally:
            process.terminate()
            process.wait()
            sys.stdout.write(_problems_in(log))


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/ready", trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


def _problems_in(log: Path) -> str:
    """Return the server's own report of errors; empty if there is none."""
    text = log.read_text()
    return text if "Traceback" in text or "Error" in text else ""
