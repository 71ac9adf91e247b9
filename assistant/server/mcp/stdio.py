"""MCP over standard input and output, for clients that start the server themselves."""

import asyncio
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from assistant.answering import Assistant
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.settings.saved_settings import with_saved_settings
from assistant.server.mcp.server import build_mcp_server
from assistant.server.options import ServerOptions
from assistant.server.state import ServerState, state_of
from assistant.settings import Settings


def serve_stdio(
    library: Path, settings: Settings, *, read_only: bool, explicit: Collection[str] = ()
) -> None:
    """Serve MCP until the client closes standard input.

    The client gets a response at once, while the library opens in the background. The first
    question loads the model.

    Args:
        library: the library folder. A new one is created with the sample papers.
        settings: the assistant's settings. Settings saved in the library replace defaults.
        read_only: whether papers cannot be added.
        explicit: names of settings that saved ones must not replace, even if they have their
            default value.
    """
    with ThreadPoolExecutor(max_workers=1) as opening:
        opened = opening.submit(_open, library, settings, explicit)

        async def get_state() -> ServerState:
            return await asyncio.shield(asyncio.wrap_future(opened))

        try:
            build_mcp_server(get_state, read_only=read_only).run("stdio")
        finally:
            _close(opened)


def _open(library: Path, settings: Settings, explicit: Collection[str]) -> ServerState:
    settings = with_saved_settings(library, settings, explicit)
    assistant = Assistant.open(library, settings=settings)
    loading = ModelLoading(assistant.load)
    return state_of(lambda: (assistant, loading), ServerOptions())


def _close(opened: "Future[ServerState]") -> None:
    if not opened.cancel() and opened.exception() is None:
        opened.result().assistant.close()
