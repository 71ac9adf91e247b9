"""MCP over streamable HTTP, as a part of the server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route

from assistant.server.mcp.server import build_mcp_server
from assistant.server.state import ServerState

PATH = "/mcp"


def mount_mcp(app: FastAPI, state: ServerState) -> None:
    """Serve MCP at `PATH`. Keys, origins and host names are checked before requests reach it."""

    async def get_state() -> ServerState:
        return state

    server = build_mcp_server(get_state, read_only=state.options.read_only)
    mounted = server.streamable_http_app(
        streamable_http_path=PATH,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.router.routes += [one for one in mounted.routes if isinstance(one, Route)]
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[object]:
        async with outer(served) as values, server.session_manager.run():
            yield values

    app.router.lifespan_context = lifespan  # type: ignore[assignment]
