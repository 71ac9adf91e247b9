"""A `Backend` that sends prompts to OpenAI-compatible endpoints."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from typing import Any, TypeVar

from assistant.errors import ModelError
from assistant.llm.completion import Completion
from assistant.llm.endpoint.address import Endpoint
from assistant.llm.endpoint.background_loop import BackgroundLoop
from assistant.llm.endpoint.connection import Connection
from assistant.llm.endpoint.delivery import Delivery
from assistant.llm.endpoint.errors import UnavailableError
from assistant.llm.endpoint.pool import EndpointPool, unavailable
from assistant.llm.endpoint.report import EndpointReport, examine
from assistant.llm.endpoint.started.server import StartedServer
from assistant.llm.json_object import JsonObject
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import Readout
from assistant.llm.usage import Usage

T = TypeVar("T")

_MISSING_FEATURES = (
    "not calibrated for this model: abstains less reliably",
    "no reading cache: reads its evidence again for each question",
)
_NO_PROBABILITIES = "no probabilities from the server: decides by its words alone"


class EndpointEngine:
    """One model behind one or more endpoints. Any thread may call it.

    Requests are distributed over the endpoints. If one fails, another one answers.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        context_tokens: int,
        requests_at_once: int,
        server: StartedServer | None = None,
    ) -> None:
        """Prepare to use endpoints; the first request contacts them.

        Args:
            endpoints: the endpoints that serve the model.
            context_tokens: context length of endpoints that do not report it.
            requests_at_once: maximum number of concurrent requests to one endpoint.
            server: the server that was started for this engine, if any. Requests wait until it is
                ready, and closing the engine stops it.

        """
        self._server = server
        self._pool = EndpointPool(
            [
                Connection(one, context_tokens=context_tokens, at_once=requests_at_once)
                for one in endpoints
            ]
        )
        self._loop = BackgroundLoop("endpoints")

    @property
    def has_failed(self) -> bool:
        """Whether the server that was started for this engine has ended.

        Any other endpoint that is unavailable now may be available for the next request.
        """
        return self._server is not None and self._server.has_failed

    @property
    def reads_likelihoods(self) -> bool:
        """False: endpoints do not compute likelihoods of prompts."""
        return False

    @property
    def served_model(self) -> str:
        """The names of the served models, as far as known, and their addresses.

        Empty for a server started by the assistant: the settings name its model.
        """
        if self._server is not None:
            return ""
        connections = self._pool.connections
        models = dict.fromkeys(one.model for one in connections if one.model)
        hosts = (one.endpoint.host for one in connections)
        return f"{'+'.join(models) or 'unknown'}@{','.join(hosts)}"

    def identify_model(self) -> str:
        """Return `served_model`; contact the endpoints if no name is known.

        Raises:
            ModelError: none of them can be used.
        """
        if self._server is None and not any(one.model for one in self._pool.connections):
            self._require_one(self.examine(with_probabilities=False))
        return self.served_model

    def missing_features(self) -> tuple[str, ...]:
        """Return the features that are unavailable, one phrase each."""
        known = [one.gives_probabilities for one in self._pool.connections]
        return (*_MISSING_FEATURES, _NO_PROBABILITIES) if False in known else _MISSING_FEATURES

    def examine(self, *, with_probabilities: bool = True) -> list[EndpointReport]:
        """Return what each endpoint serves, or why it cannot be used.

        Args:
            with_probabilities: whether to send a request to find out if they give probabilities.
        """
        self._wait_for_server()
        return self._loop.submit(
            _all(examine(one, with_probabilities) for one in self._pool.connections)
        ).result()

    def wait_until_loaded(self) -> None:
        """Block until the endpoints have been contacted.

        Raises:
            ModelError: none of them can be used.
        """
        self._require_one(self.examine())

    def _require_one(self, reports: Sequence[EndpointReport]) -> None:
        if all(report.problem for report in reports):
            problems = zip(self._pool.connections, reports, strict=True)
            raise unavailable({one: UnavailableError(report.problem) for one, report in problems})

    def close(self) -> None:
        """Cancel running requests, and close the connections."""
        if self._server is not None:
            self._server.close()
        self._loop.close(self._pool.close())

    # -- requests -----------------------------------------------------------------------------

    def generate(
        self, prompt: Prompt, *, max_tokens: int, stop: threading.Event | None = None
    ) -> Completion:
        """Generate an answer greedily; its pieces stream as they arrive.

        The endpoint is asked to begin with the prompt's ``answer_prefix``, if it has one.

        Args:
            prompt: the chat so far.
            max_tokens: maximum length of the answer.
            stop: set it from any thread to stop. The connection is closed, so the server stops too.
        """
        completion = Completion(stop or threading.Event())
        self._start(completion, prompt, max_tokens)
        return completion

    def generate_object(self, prompt: Prompt, shape: JsonObject, *, max_tokens: int) -> Completion:
        """Generate a JSON object; it has the shape only if the endpoint enforces it."""
        completion = Completion(threading.Event())
        self._start(completion, prompt, max_tokens, shape)
        return completion

    def read_and_generate(
        self,
        prompt: Prompt,
        readout: Readout[T],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Completion]:
        """Return a readout of a prompt, and the answer to it; see `score_and_generate`.

        Raises:
            Cancelled: ``stop`` was set.
        """
        found, _, completion = self.score_and_generate(
            prompt, readout, prompt, max_tokens=max_tokens, stop=stop
        )
        return found, completion

    def score_and_generate(
        self,
        scored: Prompt,
        readout: Readout[T],
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Usage, Completion]:
        """Return a readout of one prompt, and the answer to another.

        The answer starts when its iteration begins: an endpoint may charge by the token.

        Raises:
            Cancelled: ``stop`` was set.
        """
        stop = stop or threading.Event()
        [(found, usage)] = self.score_prompts([scored], readout, stop=stop)

        def begin(completion: Completion) -> None:
            self._start(completion, prompt, max_tokens)

        return found, usage, Completion(stop, begin)

    def score_prompts(
        self,
        prompts: Sequence[Prompt],
        readout: Readout[T],
        *,
        with_likelihood: bool = False,
        stop: threading.Event | None = None,
    ) -> list[tuple[T, Usage]]:
        """Return a readout of each prompt; a request is sent for each.

        Args:
            prompts: the prompts; no answers to them are generated.
            readout: such as `read_yes`.
            with_likelihood: must be False: see `reads_likelihoods`.
            stop: set it from any thread to stop.

        Raises:
            Cancelled: ``stop`` was set.
            ModelError: no endpoint answers.
        """
        if with_likelihood:
            raise ModelError("An endpoint does not compute likelihoods of prompts.")

        async def read(prompt: Prompt) -> tuple[T, Usage]:
            reading, usage = await self._run(lambda connection: connection.read_first_word(prompt))
            return readout(reading), usage

        return self._loop.submit(_all(read(one) for one in prompts), stop).result()

    def is_cached(self, prompt: Prompt) -> bool:  # noqa: ARG002 - of the interface
        """Return False: it is unknown what an endpoint caches."""
        return False

    def cache_blocks(self, prompt: Prompt) -> "Future[int]":  # noqa: ARG002 - of the interface
        """Do nothing: an endpoint has no reading cache."""
        done: Future[int] = Future()
        done.set_result(0)
        return done

    # -- on the event loop --------------------------------------------------------------------

    def _start(
        self,
        completion: Completion,
        prompt: Prompt,
        max_tokens: int,
        shape: JsonObject | None = None,
    ) -> None:
        delivery = Delivery(completion.put)

        async def attempt(connection: Connection) -> None:
            delivery.restart()
            async with aclosing(connection.stream_answer(prompt, max_tokens, shape)) as parts:
                async for part in parts:
                    delivery.add(part.text)
                    completion.usage = part.usage or completion.usage

        def finish(finished: "Future[None]") -> None:
            completion.end(finished.exception())

        self._loop.submit(self._run(attempt), completion.stop).add_done_callback(finish)

    async def _run(self, request: Callable[[Connection], Awaitable[T]]) -> T:
        await asyncio.to_thread(self._wait_for_server)
        return await self._pool.run(request)

    def _wait_for_server(self) -> None:
        if self._server is not None:
            self._server.wait_until_ready()


async def _all(coroutines: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Run coroutines concurrently; if one fails, the others are cancelled."""
    tasks = [asyncio.ensure_future(one) for one in coroutines]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
