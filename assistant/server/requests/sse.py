"""Server-sent events."""

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse

_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",  # nginx would buffer the events
}

DONE = "data: [DONE]\n\n"
"""The end of a stream of chat completions."""


def event(data: Any, name: str = "") -> str:
    """Return an event with JSON data."""
    text = json.dumps(data, ensure_ascii=False)
    return f"event: {name}\ndata: {text}\n\n" if name else f"data: {text}\n\n"


def comment(text: str) -> str:
    """Return a comment, which clients ignore. It keeps the connection open."""
    return f": {text}\n\n"


def event_stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Return the response with some events."""
    return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)
