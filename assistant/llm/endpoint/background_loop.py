"""An event loop on its own thread. Any thread may submit coroutines to it."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from assistant.errors import Cancelled
from assistant.llm.cancellation import StopSignal

T = TypeVar("T")

_POLL_SECONDS = 0.02


class BackgroundLoop:
    """Runs coroutines until their stop signal is set."""

    def __init__(self, name: str) -> None:
        """Start the thread.

        Args:
            name: the name of the thread.
        """
        self._loop = asyncio.new_event_loop()
        self._closed = False
        self._closing = threading.Lock()  # so that nothing is submitted after the loop has ended
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def submit(
        self, coroutine: Coroutine[Any, Any, T], stop: StopSignal | None = None
    ) -> "Future[T]":
        """Run a coroutine; the future raises `Cancelled` if it is stopped.

        Args:
            coroutine: the coroutine.
            stop: cancels it when set; if None, only `close` cancels it.
        """
        with self._closing:
            if not self._closed:
                return asyncio.run_coroutine_threadsafe(_until(stop, coroutine), self._loop)
        coroutine.close()
        closed: Future[T] = Future()
        closed.set_exception(Cancelled("The model was closed."))
        return closed

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancel running coroutines, and end the thread.

        Args:
            last: run before the thread ends.
        """
        with self._closing:
            is_first, self._closed = not self._closed, True
        if not is_first:
            last.close()
            return
        asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result()
        asyncio.run_coroutine_threadsafe(last, self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _until(stop: StopSignal | None, coroutine: Coroutine[Any, Any, T]) -> T:
    task = asyncio.ensure_future(coroutine)
    try:
        while not task.done():
            if stop is not None and stop.is_set():
                raise Cancelled("The model was stopped.")
            await asyncio.wait({task}, timeout=_POLL_SECONDS if stop is not None else None)
        return task.result()
    except asyncio.CancelledError as error:
        raise Cancelled("The model was closed.") from error
    finally:
        await _cancel(task)


async def _cancel(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


async def _cancel_all() -> None:
    own = asyncio.current_task()
    tasks = [task for task in asyncio.all_tasks() if task is not own]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
