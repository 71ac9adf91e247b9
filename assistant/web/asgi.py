"""Shared by the middleware: ASGI types, headers and short responses."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
"""An ASGI application."""


def header(scope: Scope, name: str) -> str | None:
    """Return the value of a request's header, None if it has none.

    Repeated headers are joined by commas, so that none of our checks accepts them.
    """
    values = [value for key, value in scope["headers"] if key == name.encode()]
    return b",".join(values).decode("latin-1") if values else None


def cookie(scope: Scope, name: str) -> str | None:
    """Return the value of a request's cookie, None if it has none."""
    for pair in (header(scope, "cookie") or "").replace(",", ";").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return None


def client_address(scope: Scope) -> str:
    """Return the address that a request comes from."""
    client = scope.get("client")
    return str(client[0]) if client else ""


async def respond(
    send: Send,
    status: int,
    body: str = "",
    *,
    content_type: str = "text/plain",
    headers: Iterable[tuple[str, str]] = (),
) -> None:
    """Send a whole response with a short text."""
    encoded = body.encode()
    sent = [
        ("content-type", f"{content_type}; charset=utf-8"),
        ("content-length", str(len(encoded))),
        ("cache-control", "no-store"),
        *headers,
    ]
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.encode(), value.encode()) for name, value in sent],
        }
    )
    await send({"type": "http.response.body", "body": encoded})


async def refuse_connection(scope: Scope, send: Send, status: int, body: str) -> None:
    """Refuse a request; a WebSocket is closed."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await respond(send, status, body)
