"""Markup that goes into the head of an app's HTML pages."""

from assistant.web.asgi import App, Message, Receive, Scope, Send

_HEAD = b"<head>"
# Removed from requests, because markup cannot be inserted in a compressed page.
_ACCEPT_ENCODING = b"accept-encoding"


def insert_in_head(app: App, path: str, markup: str) -> App:
    """Return an app whose page at a path begins its ``<head>`` with some markup.

    Args:
        app: the app.
        path: the path of the page.
        markup: the HTML to insert.
    """

    async def inserted(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != path:
            await app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name != _ACCEPT_ENCODING]
        start: Message | None = None
        body = b""

        async def send_inserted(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body", False) or start is None:
                return
            changed = body.replace(_HEAD, _HEAD + markup.encode(), 1)
            await send({**start, "headers": _with_length(start, len(changed) - len(body))})
            await send({"type": "http.response.body", "body": changed})

        await app({**scope, "headers": headers}, receive, send_inserted)

    return inserted


def _with_length(start: Message, added: int) -> list[tuple[bytes, bytes]]:
    return [
        (name, str(int(value) + added).encode() if name.lower() == b"content-length" else value)
        for name, value in start.get("headers", ())
    ]
