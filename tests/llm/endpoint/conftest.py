"""Engines over scripted endpoints."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from endpoint_engines import OpenEngine
from scripted_endpoint import ScriptedEndpoint

from assistant.llm.endpoint import EndpointEngine, parse_endpoint


@pytest.fixture
def open_engine() -> Iterator[OpenEngine]:
    """Open an engine over endpoints, or addresses; it is closed after the test."""
    with ExitStack() as stack:

        def open_one(
            *endpoints: ScriptedEndpoint | str, context_tokens: int = 4096, at_once: int = 4
        ) -> EndpointEngine:
            urls = [one if isinstance(one, str) else one.url for one in endpoints]
            engine = EndpointEngine(
                [parse_endpoint(url) for url in urls],
                context_tokens=context_tokens,
                requests_at_once=at_once,
            )
            stack.callback(engine.close)
            return engine

        yield open_one
