"""Limits on the size, the number of files and the rate of requests."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.web.asgi import App, Message, Receive, Scope, Send, header, respond
from assistant.web.content_type import content_type
from assistant.web.routes import Route, find_route

# Buckets that are full again carry no information; they are dropped beyond this number.
_MAX_BUCKETS = 10_000


@dataclass(slots=True)
class _Body:
    """A request's body as it arrives.

    Attributes:
        problem: which limit it exceeds; empty while it exceeds none.
    """

    problem: str = ""


def limit_bodies(app: App, routes: Sequence[Route]) -> App:
    """Return an app that answers 413 to a request with a larger body than its route allows.

    A body without a length is counted as it arrives.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        route = find_route(routes, scope)
        limit = route.max_body if route is not None else 0
        files = route.max_files if route is not None else 0
        length = header(scope, "content-length") or "0"
        if not length.isdecimal() or int(length) > limit:
            await respond(send, 413, _too_large(limit))
            return
        body, answered = _Body(), False

        async def send_unless_too_large(message: Message) -> None:
            nonlocal answered
            if not body.problem:
                answered = True
                await send(message)

        try:
            await app(scope, _counted(scope, receive, limit, files, body), send_unless_too_large)
        except Exception:
            if not body.problem:  # otherwise expected: the app sees a disconnect
                raise
        if body.problem and not answered:
            await respond(send, 413, body.problem)

    return protected


def _too_large(limit: int) -> str:
    return f"This is too large: at most {limit / 1e6:g} MB are accepted."


def _counted(
    scope: Scope, receive: Receive, limit: int, max_files: int, counting: _Body
) -> Receive:
    boundary = content_type(scope).boundary
    delimiter = b"--" + boundary if boundary else b""
    size = parts = 0
    tail = b""

    async def counted() -> Message:
        nonlocal size, parts, tail
        message = await receive()
        body = message.get("body", b"")
        size += len(body)
        if size > limit:
            counting.problem = _too_large(limit)
        if delimiter:
            seen = tail + body
            parts += seen.count(delimiter)
            tail = seen[-(len(delimiter) - 1) :]
            if parts > max_files + 1:  # the last delimiter ends the body
                counting.problem = (
                    f"These are too many files: at most {max_files} are accepted at a time."
                )
        return {"type": "http.disconnect"} if counting.problem else message

    return counted


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Rate:
    """A token bucket for each client. Not thread-safe: for one event loop."""

    def __init__(
        self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow ``burst`` at once and ``per_second`` on average."""
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, client: str, amount: float = 1) -> float:
        """Take tokens; return 0, or the seconds until there are enough of them."""
        now = self._clock()
        bucket = self._buckets.get(client) or _Bucket(self._burst, now)
        tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
        wait = max(0.0, (amount - tokens) / self._per_second)
        self._buckets[client] = _Bucket(tokens if wait else tokens - amount, now)
        if len(self._buckets) > _MAX_BUCKETS:
            self._drop_full(now)
        return wait

    def _drop_full(self, now: float) -> None:
        refill = self._burst / self._per_second
        self._buckets = {
            client: bucket for client, bucket in self._buckets.items() if now - bucket.at < refill
        }


def limit_rate(app: App, rate: Rate, client_of: Callable[[Scope], str]) -> App:
    """Return an app that answers 429 to clients that send too many changes.

    Args:
        app: the app to protect.
        rate: counts the requests other than GET and HEAD.
        client_of: returns the client that a request is counted for.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            wait = rate.take(client_of(scope))
            if wait:
                seconds = str(int(wait) + 1)
                text = f"Too many requests. Try again in {seconds} s."
                await respond(send, 429, text, headers=[("retry-after", seconds)])
                return
        await app(scope, receive, send)

    return protected
