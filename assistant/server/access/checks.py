"""The gate in front of an ASGI app. It checks a request before the body is read."""

from collections.abc import Collection

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.server.access.gate import Gate
from assistant.server.problems import error_response


class GatedApp:
    """An ASGI app behind a gate."""

    def __init__(self, app: ASGIApp, gate: Gate, open_paths: Collection[str] = ()) -> None:
        """Put a gate in front of an app.

        Args:
            app: the app.
            gate: checks the requests.
            open_paths: the paths of requests that are not checked.
        """
        self._app = app
        self._gate = gate
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer that it is refused."""
        if scope["type"] == "http" and scope["path"] not in self._open_paths:
            try:
                self._check(Request(scope))
            except AssistantError as error:
                await error_response(scope["path"], error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _check(self, request: Request) -> None:
        headers = request.headers
        request.state.client = self._gate.admit(
            authorization=headers.get("authorization", ""),
            origin=headers.get("origin", ""),
            host=headers.get("host", ""),
            client=request.client.host if request.client else "",
            # Following a link to a page, such as /docs, does not count as loading by another site.
            is_foreign=headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
            and headers.get("sec-fetch-mode") != "navigate",
        )


def client_of(request: Request) -> str:
    """Return the client that sent a request that has passed the gate."""
    return str(request.state.client)
