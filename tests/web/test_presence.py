"""Which clients are there."""

import asyncio

from run_async import run_async

from assistant.web.asgi import Message, Receive, Scope, Send
from assistant.web.presence import Presence


def test_client_is_there_while_its_stream_is_open() -> None:
    presence = Presence()

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await send({})
        await receive()

    async def visit() -> None:
        leave = asyncio.Event()

        async def receive() -> Message:
            await leave.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            pass

        app = presence.watch(stream, lambda scope: str(scope["path"]))
        open_stream = asyncio.create_task(app({"type": "http", "path": "ada"}, receive, send))
        assert await asyncio.to_thread(presence.wait_for, "ada", 5)
        assert presence.is_there("ada")
        assert not presence.is_there("bo")
        leave.set()
        await open_stream
        assert not presence.is_there("ada")

    run_async(visit())
