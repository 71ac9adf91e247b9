"""The type of the fixture that opens engines."""

from collections.abc import Callable

from assistant.llm.endpoint import EndpointEngine

OpenEngine = Callable[..., EndpointEngine]
