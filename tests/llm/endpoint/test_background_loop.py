"""Coroutines that other threads submit to an event loop."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from assistant.errors import Cancelled
from assistant.llm.endpoint.background_loop import BackgroundLoop


@pytest.fixture
def many_switches() -> Iterator[None]:
    """Threads take turns as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


async def forever() -> None:
    await asyncio.Event().wait()


async def nothing() -> None:
    pass


def test_result_is_that_of_the_coroutine() -> None:
    async def double(number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number

    loop = BackgroundLoop("test")
    assert [loop.submit(double(one)).result() for one in range(3)] == [0, 2, 4]
    loop.close(nothing())


@pytest.mark.usefixtures("many_switches")
def test_what_is_submitted_while_the_loop_closes_is_cancelled() -> None:
    for _ in range(100):
        loop = BackgroundLoop("test")
        submitted: list[Future[None]] = []

        def submit(loop: BackgroundLoop = loop, into: list[Future[None]] = submitted) -> None:
            into.extend(loop.submit(forever()) for _ in range(20))

        threads = [threading.Thread(target=submit) for _ in range(3)]
        for thread in threads:
            thread.start()
        loop.close(nothing())
        for thread in threads:
            thread.join()
        assert len(submitted) == 60
        assert all(isinstance(one.exception(timeout=5), Cancelled) for one in submitted)


@pytest.mark.usefixtures("many_switches")
def test_loop_may_be_closed_by_several_threads() -> None:
    loop = BackgroundLoop("test")
    running = loop.submit(forever())
    closing = [threading.Thread(target=loop.close, args=(nothing(),)) for _ in range(4)]
    for thread in closing:
        thread.start()
    for thread in closing:
        thread.join()
    assert isinstance(running.exception(timeout=5), Cancelled)
    with pytest.raises(Cancelled):
        loop.submit(forever()).result(timeout=5)
