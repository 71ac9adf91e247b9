"""Which clients are present: those with an open stream."""

import threading
from collections import Counter
from collections.abc import Callable

from assistant.web.asgi import App, Receive, Scope, Send


class Presence:
    """The clients with an open stream. Thread-safe."""

    def __init__(self) -> None:
        self._open = Counter[str]()
        self._changed = threading.Condition()

    def watch(self, app: App, client_of: Callable[[Scope], str]) -> App:
        """Return an app whose open streams are counted.

        Args:
            app: the app to watch.
            client_of: returns the client that a request's stream belongs to; empty if the request
                is not for a stream.
        """

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            client = client_of(scope) if scope["type"] == "http" else ""
            if not client:
                await app(scope, receive, send)
                return
            self._come(client)
            try:
                await app(scope, receive, send)
            finally:
                self._leave(client)

        return watched

    def wait_for(self, client: str, seconds: float) -> bool:
        """Return whether a client is present, after waiting for it up to a number of seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open[client] > 0, seconds)

    def is_there(self, client: str) -> bool:
        """Return whether a client is present."""
        return self.wait_for(client, 0)

    def _come(self, client: str) -> None:
        with self._changed:
            self._open[client] += 1
            self._changed.notify_all()

    def _leave(self, client: str) -> None:
        with self._changed:
            self._open[client] -= 1
            if self._open[client] <= 0:
                del self._open[client]
