"""The process of a started server."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from assistant.errors import ModelError
from assistant.llm.endpoint.started.command import ServerCommand

_WATCHDOG = Path(__file__).with_name("watchdog.py")
_LOG_LINES = 5


class ServerProcess:
    """A running server; it ends with this process, or when it is closed."""

    def __init__(self, command: ServerCommand) -> None:
        """Start the server.

        Args:
            command: the server's command line.
        """
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self._process = subprocess.Popen(
            [sys.executable, str(_WATCHDOG), *command.arguments],
            env={**os.environ, **command.environment},
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C stops the assistant, which then closes the server
        )
        self._closing = threading.Lock()

    @property
    def has_ended(self) -> bool:
        """Whether the server has ended."""
        return self._process.poll() is not None

    def check(self) -> None:
        """Check that the server is running.

        Raises:
            ModelError: it has ended; the message includes the end of its log.
        """
        code = self._process.poll()
        if code is None:
            return
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        raise ModelError(
            f"The server of the model ended with code {code}:\n" + "\n".join(lines[-_LOG_LINES:])
        )

    def close(self) -> None:
        """Stop the server."""
        with self._closing:
            assert self._process.stdin is not None  # a pipe
            self._process.stdin.close()
            self._process.wait()
            self._log.close()


def free_port() -> int:
    """Return a port on this machine that nothing is listening on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
