"""A time limit for requests: connections whose requests do not arrive are closed.

Uvicorn waits for ever for the first request of a connection, for the rest of one, and for its body.
"""

import asyncio
from typing import Any

# The defaults of Apache's mod_reqtimeout.
_GRACE_S = 20.0
_BYTES_PER_S = 500


class _ReceivesInTime(asyncio.Protocol):
    """Closes a connection whose request arrives too slowly; how long its answer takes is no matter.

    Uvicorn's protocols follow it in the order of classes.
    """

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    flow: Any
    cycle: Any
    _check: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        if self._check is None:
            self._begin()
        self._received += len(data)
        super().data_received(data)
        if not self._is_receiving():
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _is_receiving(self) -> bool:
        cycle = self.cycle
        return cycle is None or cycle.response_complete or bool(cycle.more_body)

    def _begin(self) -> None:
        self._since, self._received = self.loop.time(), 0
        self._check = self.loop.call_later(_GRACE_S, self._close_if_late)

    def _end(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _close_if_late(self) -> None:
        if self.transport.get_protocol() is not self:  # it has become a WebSocket
            return
        if self.flow.read_paused:  # the app takes its time, not the client
            self._begin()
            return
        deadline = self._since + _GRACE_S + self._received / _BYTES_PER_S
        if self.loop.time() < deadline:
            self._check = self.loop.call_at(deadline, self._close_if_late)
        else:
            self.transport.close()


def timed_protocol() -> type[asyncio.Protocol]:
    """Return Uvicorn's protocol for HTTP with a time limit for requests."""
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    return type("TimedProtocol", (_ReceivesInTime, AutoHTTPProtocol), {})
