"""Long responses over WebSockets.

A browser opens at most six HTTP/1.1 connections to a server, for all its tabs together. A page that
keeps a response open takes one of them for good, so that further tabs wait forever. The limit for
WebSockets is in the hundreds.
"""

import asyncio
from collections.abc import Callable

from assistant.web.asgi import App, Message, Receive, Scope, Send

_NOT_ALLOWED = 1008
_NORMAL_END = 1000
# Headers of the WebSocket handshake, which the app does not see.
_HANDSHAKE = (b"connection", b"upgrade")
_HANDSHAKE_PREFIX = b"sec-websocket-"
# From 2.4 on, an app may learn of a disconnect only when it sends.
_SPEC = {"version": "3.0", "spec_version": "2.3"}


def stream_over_websockets(app: App, is_stream: Callable[[Scope], bool]) -> App:
    """Return an app whose streamed responses to GET can also be read over a WebSocket.

    The WebSocket has the URL of the response. Each piece of the body is a binary message. The
    socket is closed with 1000 at the end of the body, and with 1008 if the status is not 200.

    Args:
        app: the app; it sees a GET request with the headers of the handshake.
        is_stream: whether a WebSocket's URL is that of such a response; others reach the app.
    """

    async def streamed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and is_stream(scope):
            await _stream(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    return streamed


async def _stream(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    await receive()  # the handshake
    gone, is_accepted, is_read = asyncio.Event(), False, False

    async def receive_request() -> Message:
        nonlocal is_read
        if not is_read:
            is_read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send_response(message: Message) -> None:
        nonlocal is_accepted
        if gone.is_set():
            return
        if message["type"] == "http.response.start":
            is_accepted = message["status"] == 200
            await send({"type": "websocket.accept"} if is_accepted else _close(_NOT_ALLOWED))
        elif is_accepted and message.get("body"):
            await send({"type": "websocket.send", "bytes": message["body"]})

    async def watch() -> None:
        # A page sends nothing: whatever arrives ends the stream.
        await receive()
        gone.set()

    watching = asyncio.create_task(watch())
    try:
        await app(_as_request(scope), receive_request, send_response)
        if is_accepted and not gone.is_set():
            await send(_close(_NORMAL_END))
    finally:
        watching.cancel()


def _as_request(scope: Scope) -> Scope:
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name not in _HANDSHAKE and not name.startswith(_HANDSHAKE_PREFIX)
    ]
    kept = {name: value for name, value in scope.items() if name != "subprotocols"}
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    request = {"type": "http", "method": "GET", "scheme": scheme, "headers": headers}
    return {**kept, **request, "asgi": _SPEC, "extensions": {}}


def _close(code: int) -> Message:
    return {"type": "websocket.close", "code": code}
