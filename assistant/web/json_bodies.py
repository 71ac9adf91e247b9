"""JSON bodies are text that can be stored: no lone surrogates, no bytes that are not UTF-8."""

import json
from typing import Any

from assistant.web.asgi import App, Message, Receive, Scope, Send, header, respond


def repair_json(app: App) -> App:
    r"""Return an app that sees only JSON bodies which are Unicode text.

    Half of a surrogate pair (``"\ud83d"``), which a cut in the browser can leave, becomes a
    question mark. A body that is no JSON is answered with 400. Use it inside `limit_bodies`: it
    reads the whole body.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if not _has_json(scope):
            await app(scope, receive, send)
            return
        body = await _whole(receive)
        if body is None:  # the client has gone
            return
        try:
            body = _repaired(body)
        except (ValueError, RecursionError):
            await respond(send, 400, "This is not JSON.")
            return
        headers = [
            (name, str(len(body)).encode() if name == b"content-length" else value)
            for name, value in scope["headers"]
        ]
        await app({**scope, "headers": headers}, _replayed(body, receive), send)

    return protected


def _has_json(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
        return False
    kind = header(scope, "content-type") or ""
    return kind.partition(";")[0].strip().lower() == "application/json"


async def _whole(receive: Receive) -> bytes | None:
    chunks = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


def _repaired(body: bytes) -> bytes:
    """Return the body; parsed and written again only if it has escaped surrogates."""
    body.decode("utf-8")
    parsed: Any = json.loads(body)
    if b"\\ud" not in body and b"\\uD" not in body:
        return body
    return json.dumps(parsed, ensure_ascii=False).encode("utf-8", "replace")


def _replayed(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()  # such as the disconnection
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
