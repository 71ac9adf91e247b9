"""A log of requests, one JSON object per line: times and numbers, no content from users."""

import json
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

from assistant.web.asgi import App, Message, Receive, Scope, Send, client_address

# Ids of sessions and hashes of files: long names, and those of 8 characters or more with a digit.
_ID = re.compile(r"(?<=/)(?:[\w-]{21,}|(?=\w*\d)\w{8,})(?=/|$)")


def log_requests(app: App, write: Callable[[str], None]) -> App:
    """Return an app whose requests are logged when they end.

    Each response has the request's id in ``X-Request-Id``, for problem reports.

    Args:
        app: the app.
        write: receives each line, without a newline.
    """

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        id_, started, status, sent = secrets.token_hex(8), time.monotonic(), 0, 0

        async def send_with_id(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", id_.encode())]
                message = {**message, "headers": headers}
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, send_with_id)
        finally:
            line = {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "id": id_,
                "client": client_address(scope),
                "method": scope["method"],
                "path": _ID.sub("*", scope["path"][:200]),
                "status": status,
                "bytes": sent,
                "seconds": round(time.monotonic() - started, 3),
            }
            write(json.dumps(line, ensure_ascii=False))

    return logged
