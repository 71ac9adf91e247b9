"""Models behind OpenAI-compatible endpoints, or behind a llama-server started by the assistant."""

from assistant.llm.endpoint.address import (
    Endpoint,
    check_endpoints,
    parse_address,
    parse_endpoint,
)
from assistant.llm.endpoint.engine import EndpointEngine
from assistant.llm.endpoint.report import EndpointReport
from assistant.llm.endpoint.started.server import StartedServer

__all__ = [
    "Endpoint",
    "EndpointEngine",
    "EndpointReport",
    "StartedServer",
    "check_endpoints",
    "parse_address",
    "parse_endpoint",
]
