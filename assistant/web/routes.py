"""An allow-list of routes, for a framework that brings many more than a page needs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.web.asgi import App, Receive, Scope, Send, refuse_connection


@dataclass(frozen=True, slots=True)
class Route:
    """A route that is served.

    Attributes:
        method: ``GET`` or ``POST``. HEAD is allowed with GET.
        path: a regular expression for the whole path.
        max_body: the largest body of a request in bytes.
        max_files: the largest number of parts of a multipart body.
    """

    method: str
    path: str
    max_body: int = 0
    max_files: int = 0

    def matches(self, method: str, path: str) -> bool:
        """Return whether a request is for this route."""
        method = "GET" if method == "HEAD" else method
        return method == self.method and re.fullmatch(self.path, path) is not None


def find_route(routes: Sequence[Route], scope: Scope) -> Route | None:
    """Return the route of a request; None if it is for none of them."""
    if scope["type"] != "http":
        return None
    method, path = scope["method"], scope["path"]
    return next((route for route in routes if route.matches(method, path)), None)


def allow_routes(app: App, routes: Sequence[Route]) -> App:
    """Return an app that answers 404 to requests for other routes, before the app sees them."""

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or find_route(routes, scope) is not None:
            await app(scope, receive, send)
        else:
            await refuse_connection(scope, send, 404, "There is nothing here.")

    return protected
