"""A small app to protect, and a client of it without a network."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from run_async import run_async

from assistant.web.asgi import App, Receive, Scope, Send, respond

Ask = Callable[..., httpx.Response]


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the request's body."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            await respond(send, 500, "The framework's answer to a client that has left.")
            raise ConnectionError("the client has left")
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await respond(send, 200, body.decode(), headers=[("access-control-allow-origin", "*")])


@pytest.fixture
def ask() -> Ask:
    """A function that sends a request to an app and returns the response."""

    def send(app: App, method: str, path: str, **request: Any) -> httpx.Response:
        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as c:
                return await c.request(method, path, **request)

        return run_async(one())

    return send
