"""Connections whose requests do not arrive are closed; slow answers are not."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from assistant.web.asgi import Receive, Scope, Send, respond
from assistant.web.serving import slow_clients
from assistant.web.serving.server import serving

_GRACE_S = 0.5


async def read_and_answer_slowly(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the size of the body, after longer than a client may take."""
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await asyncio.sleep(3 * _GRACE_S)
    await respond(send, 200, f"{size} bytes")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A connection to a server that waits for half a second."""
    monkeypatch.setattr(slow_clients, "_GRACE_S", _GRACE_S)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        serving(read_and_answer_slowly, "127.0.0.1", port),
        socket.create_connection(("127.0.0.1", port), timeout=20) as connection,
    ):
        yield connection


def answer(client: socket.socket) -> bytes:
    """Return the next response; empty if the connection is closed instead."""
    received = b""
    while not received.endswith(b" bytes"):
        block = client.recv(4096)
        if not block:
            return b""
        received += block
    return received


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HTT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nslow"],
    ids=["nothing", "half of the headers", "a part of the body"],
)
def test_request_that_does_not_arrive_ends_its_connection(
    client: socket.socket, sent: bytes
) -> None:
    client.sendall(sent)
    assert client.recv(4096) == b""


def test_dripping_request_ends_its_connection(client: socket.socket) -> None:
    client.sendall(b"GET / HTTP/1.1\r\nX-Long: ")
    client.settimeout(0.05)
    for _ in range(200):
        client.sendall(b"x")
        with suppress(TimeoutError):
            assert client.recv(4096) == b""
            break
    else:
        pytest.fail("the connection stays open for ten seconds")


def test_second_request_that_does_not_arrive_ends_its_connection(client: socket.socket) -> None:
    client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert b"200" in answer(client)
    client.sendall(b"GET / HTT")
    assert client.recv(4096) == b""


def test_steady_upload_and_slow_answer_are_not_cut(client: socket.socket) -> None:
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n")
    for _ in range(10):
        client.sendall(b"x" * 1000)
        time.sleep(_GRACE_S / 4)
    assert answer(client).endswith(b"10000 bytes")
