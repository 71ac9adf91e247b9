"""Ensure that JSON bodies can be stored as text: valid UTF-8, without lone surrogates."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from assistant.web.asgi import App, Message, Receive, Scope, Send, respond
from assistant.web.content_type import FORMS, JSON, content_type

Check: TypeAlias = Callable[[Any], str]
"""Returns why a parsed body is refused; empty if it is not."""


MAX_JSON = 8_000_000
"""The largest JSON body in bytes. Parsing it takes seconds, in which nothing else is answered."""


def repair_json(app: App, check: Check = lambda _: "", max_body: int = MAX_JSON) -> App:
    r"""Return an app that sees only JSON bodies which are Unicode text.

    Half of a surrogate pair (``"\ud83d"``), which truncation in the browser can leave, becomes a
    question mark. A body that is not JSON is answered with 400. A body of another type than JSON or
    a form is answered with 415: frameworks read JSON of types such as ``application/x+json``, too.
    Use it inside `limit_bodies`, whose limits hold for forms, too.

    Args:
        app: the app.
        check: bodies that it refuses are answered with 400, too.
        max_body: the largest JSON body in bytes; a larger one is answered with 413.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        kind = content_type(scope).kind if _may_have_body(scope) else FORMS[0]
        if kind in FORMS:
            await app(scope, receive, send)
            return
        # Of a body that is refused anyway, only the first part is read.
        limit = max_body if kind == JSON else 0
        body = await _up_to(limit, receive)
        if body is None:  # the client has gone
            return
        if kind != JSON and body:
            await respond(send, 415, f"The Content-Type of a body has to be {JSON}, or of a form.")
            return
        if len(body) > limit:
            await respond(send, 413, f"At most {limit / 1e6:g} MB of JSON are accepted.")
            return
        if kind == JSON:
            try:
                body, problem = _repaired(body, check)
            except (ValueError, RecursionError):
                problem = "This is not JSON."
            if problem:
                await respond(send, 400, problem)
                return
        headers = [
            (name, str(len(body)).encode() if name == b"content-length" else value)
            for name, value in scope["headers"]
        ]
        await app({**scope, "headers": headers}, _replayed(body, receive), send)

    return protected


def _may_have_body(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] not in ("GET", "HEAD")


async def _up_to(limit: int, receive: Receive) -> bytes | None:
    """Return the body, or as much of it as exceeds the limit; None if the client has gone."""
    chunks, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit or not message.get("more_body", False):
            return b"".join(chunks)


def _repaired(body: bytes, check: Check) -> tuple[bytes, str]:
    """Return the body, written again only if it has escaped surrogates, and why it is refused."""
    body.decode("utf-8")
    parsed: Any = json.loads(body)
    problem = check(parsed)
    if b"\\ud" not in body and b"\\uD" not in body:
        return body, problem
    return json.dumps(parsed, ensure_ascii=False).encode("utf-8", "replace"), problem


def _replayed(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()  # such as the disconnection
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
