"""A llama-server for one model, started and stopped by the assistant."""

import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import Cancelled
from assistant.llm.endpoint.address import Endpoint
from assistant.llm.endpoint.started.command import server_command
from assistant.llm.endpoint.started.process import ServerProcess, free_port

if TYPE_CHECKING:
    import httpx  # imported lazily: it takes longer than the rest of `assistant --help`

_POLL_S = 0.2


class StartedServer:
    """A server on this machine whose key only this process has.

    Attributes:
        endpoint: its address.
    """

    def __init__(self, model: Path, *, context_tokens: int, threads: int = 0) -> None:
        """Start the server, which then loads the model.

        Args:
            model: the GGUF file.
            context_tokens: size of the context.
            threads: CPU threads; 0 for one per core.

        Raises:
            ModelError: there is no server to start.
        """
        port, key = free_port(), secrets.token_urlsafe()
        command = server_command(
            model, port=port, key=key, context_tokens=context_tokens, threads=threads
        )
        self.endpoint = Endpoint(f"http://127.0.0.1:{port}/v1", model.stem, key)
        self._ready = threading.Event()
        self._closed = threading.Event()
        self._process = ServerProcess(command)

    @property
    def has_failed(self) -> bool:
        """Whether the server has ended."""
        return self._process.has_ended

    def wait_until_ready(self) -> None:
        """Block until the model is loaded; after that, only check that the server is running.

        Raises:
            ModelError: the server has ended instead.
            Cancelled: the server was closed while waiting.
        """
        if self._closed.is_set():
            raise Cancelled("The model was closed.")
        self._process.check()
        if not self._ready.is_set():
            self._poll()
            self._ready.set()

    def close(self) -> None:
        """Stop the server."""
        self._closed.set()
        self._process.close()

    def _poll(self) -> None:
        """Ask the server for its models until it responds."""
        import httpx

        headers = {"Authorization": f"Bearer {self.endpoint.key}"}
        with httpx.Client(headers=headers, trust_env=False) as client:
            while not self._responds(client):
                if self._closed.wait(_POLL_S):
                    raise Cancelled("The model was closed.")
                self._process.check()

    def _responds(self, client: "httpx.Client") -> bool:
        import httpx

        try:
            return client.get(f"{self.endpoint.url}/models").is_success
        except httpx.TransportError:
            return False  # not listening yet
