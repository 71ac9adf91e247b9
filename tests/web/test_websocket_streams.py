"""Streams that are read over WebSockets."""

import asyncio
from collections.abc import Sequence

import pytest
from run_async import run_async

from assistant.web.asgi import Message, Receive, Scope, Send
from assistant.web.websocket_streams import stream_over_websockets

_SOCKET: Scope = {
    "type": "websocket",
    "path": "/stream",
    "scheme": "ws",
    "headers": [(b"host", b"here"), (b"upgrade", b"websocket"), (b"sec-websocket-key", b"x")],
    "subprotocols": [],
}


def read_socket(
    app: object, scope: Scope = _SOCKET, received: Sequence[Message] = ()
) -> list[Message]:
    """Return what a WebSocket is sent; it receives messages after the handshake."""
    sent: list[Message] = []

    async def read() -> None:
        messages = iter([{"type": "websocket.connect"}, *received])

        async def receive() -> Message:
            message = next(messages, None)
            if message is None:
                await asyncio.Event().wait()
            assert message is not None
            return message

        async def send(message: Message) -> None:
            sent.append(message)

        streamed = stream_over_websockets(app, lambda scope: scope["path"] == "/stream")  # type: ignore[arg-type]
        await streamed(scope, receive, send)

    run_async(read())
    return sent


def test_each_piece_of_the_body_is_a_message_and_its_end_closes_the_socket() -> None:
    requests: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        requests.append(scope)
        assert (await receive())["type"] == "http.request"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in (b"one", b"two"):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    assert read_socket(app) == [
        {"type": "websocket.accept"},
        {"type": "websocket.send", "bytes": b"one"},
        {"type": "websocket.send", "bytes": b"two"},
        {"type": "websocket.close", "code": 1000},
    ]
    (request,) = requests
    assert (request["type"], request["method"], request["scheme"]) == ("http", "GET", "http")
    assert request["headers"] == [(b"host", b"here")]


@pytest.mark.parametrize("message", ["websocket.disconnect", "websocket.receive"])
def test_request_ends_when_the_socket_does_or_sends_anything(message: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        assert (await receive())["type"] == "http.disconnect"

    sent = read_socket(app, received=[{"type": message}])
    assert {"type": "websocket.close", "code": 1000} not in sent


def test_refused_request_closes_the_socket_unaccepted() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b"no"})

    assert read_socket(app) == [{"type": "websocket.close", "code": 1008}]


def test_other_sockets_reach_the_app_as_they_are() -> None:
    scopes: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scopes.append(scope)

    other = {**_SOCKET, "path": "/other"}
    read_socket(app, other)
    assert scopes == [other]
