"""The lifespan of an ASGI app that is mounted in another one, which does not run it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from assistant.web.asgi import App, Message


@asynccontextmanager
async def running_lifespan(app: App) -> AsyncIterator[None]:
    """Run an app's lifespan startup before the block, and its shutdown afterwards.

    Raises:
        RuntimeError: the app fails to start.
    """
    received: asyncio.Queue[Message] = asyncio.Queue()
    sent: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, received.get, sent.put))
    try:
        await received.put({"type": "lifespan.startup"})
        await _expect(sent, "lifespan.startup.complete", task)
        yield
        await received.put({"type": "lifespan.shutdown"})
        await _expect(sent, "lifespan.shutdown.complete", task)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _expect(sent: "asyncio.Queue[Message]", kind: str, task: "asyncio.Future[None]") -> None:
    message = asyncio.ensure_future(sent.get())
    first: set[asyncio.Future[Any]] = {message, task}
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    if not message.done():
        message.cancel()
        raise RuntimeError("the page ended before its lifespan did")
    if message.result()["type"] != kind:
        raise RuntimeError(str(message.result().get("message", "the page did not start")))
