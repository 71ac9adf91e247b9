"""The chat page beside the APIs, on one port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Match

from assistant.server.mount.sub_lifespan import running_lifespan
from assistant.web.asgi import App, Receive, Scope, Send


def beside_page(api: App, routes_of: FastAPI, page: App) -> App:
    """Return an app that serves the APIs at their paths, and the page at all others.

    Args:
        api: the APIs.
        routes_of: the app within ``api`` that has the routes. It also runs the page's lifespan.
        page: the chat page, with its own protection.
    """
    outer = routes_of.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[object]:
        async with outer(served) as values, running_lifespan(page):
            yield values

    routes_of.router.lifespan_context = lifespan  # type: ignore[assignment]

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        is_for_api = scope["type"] == "lifespan" or any(
            route.matches(scope)[0] is not Match.NONE for route in routes_of.router.routes
        )
        await (api if is_for_api else page)(scope, receive, send)

    return both
