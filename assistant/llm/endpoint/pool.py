"""Distributing requests over endpoints: the least busy one answers, or another if it fails."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from assistant.errors import ModelError
from assistant.llm.endpoint.connection import Connection
from assistant.llm.endpoint.errors import UnavailableError

T = TypeVar("T")

# Rounds over all endpoints, with growing pauses between them.
_ROUNDS = 3
_PAUSE_S = 1.0
# The longest `Retry-After` to wait for. If it is longer, the user decides.
_MAX_WAIT_S = 60.0
# For this long after a failure, an endpoint is tried last.
_RESTING_S = 30.0


class EndpointPool:
    """The endpoints that serve a model; used on one event loop."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self.connections = tuple(connections)
        self._changed = asyncio.Condition()

    async def close(self) -> None:
        """Close the connections to all endpoints."""
        for connection in self.connections:
            await connection.close()

    async def run(self, request: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a request on one of the endpoints, and return its result.

        Raises:
            ModelError: none of them can answer.
        """
        hopeless: set[Connection] = set()
        problems: dict[Connection, UnavailableError] = {}
        for attempt in range(_ROUNDS):
            tried = set(hopeless)
            while connection := await self._take(tried):
                try:
                    return await request(connection)
                except UnavailableError as error:
                    problems[connection] = error
                    connection.failed_at = asyncio.get_running_loop().time()
                    tried.add(connection)
                    if not error.may_recover:
                        hopeless.add(connection)
                finally:
                    await self._give_back(connection)
            waiting = [problems[one] for one in self.connections if one not in hopeless]
            if not waiting or attempt == _ROUNDS - 1:
                break
            pause_s = _PAUSE_S * 2**attempt
            wait_s = min(pause_s if one.wait_s is None else one.wait_s for one in waiting)
            if wait_s > _MAX_WAIT_S:
                break
            await asyncio.sleep(wait_s)
        raise unavailable(problems)

    async def _take(self, tried: set[Connection]) -> Connection | None:
        """Wait until an untried endpoint can take a request; None if all have been tried."""
        async with self._changed:
            while True:
                left = [one for one in self.connections if one not in tried]
                if not left:
                    return None
                now = asyncio.get_running_loop().time()
                rested = [one for one in left if now - one.failed_at > _RESTING_S] or left
                free = [one for one in rested if one.running < one.at_once]
                if free:
                    connection = min(free, key=lambda one: one.running)
                    connection.running += 1
                    return connection
                await self._changed.wait()

    async def _give_back(self, connection: Connection) -> None:
        connection.running -= 1
        async with self._changed:
            self._changed.notify_all()


def unavailable(problems: dict[Connection, UnavailableError]) -> ModelError:
    """Return the error that no endpoint can be used, with the reason for each."""
    reasons = "\n".join(f"  - {one.endpoint.host}: {error}" for one, error in problems.items())
    return ModelError(
        f"No endpoint answers:\n{reasons}\nCheck the addresses with `assistant doctor --endpoint "
        "URL`, or leave --endpoint out to use the model on this machine."
    )
