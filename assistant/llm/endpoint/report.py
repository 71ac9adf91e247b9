"""Examining endpoints: what they serve, and what they can do."""

from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.llm.endpoint.address import Endpoint
from assistant.llm.endpoint.connection import Connection
from assistant.llm.endpoint.errors import UnavailableError
from assistant.llm.prompts import Message, plain_prompt

_QUESTION = plain_prompt([Message("user", "Is water wet? Reply yes or no.")])


@dataclass(frozen=True, slots=True)
class EndpointReport:
    """What was found out about an endpoint.

    Attributes:
        endpoint: its address.
        model: the name of its model; empty if it cannot be used.
        context_tokens: its context length; 0 if it does not report one.
        gives_probabilities: whether replies include token probabilities; None if unknown.
        problem: why it cannot be used; empty if it can.
    """

    endpoint: Endpoint
    model: str = ""
    context_tokens: int = 0
    gives_probabilities: bool | None = None
    problem: str = ""


async def examine(connection: Connection, with_probabilities: bool) -> EndpointReport:
    """Return what an endpoint serves, or why it cannot be used.

    Args:
        connection: the connection to the endpoint.
        with_probabilities: whether to send a request to find out if replies include probabilities,
            unless that is known.
    """
    try:
        served = await connection.served_model()
        if with_probabilities and connection.gives_probabilities is None:
            await connection.read_first_word(_QUESTION)
    except (UnavailableError, AssistantError) as error:
        return EndpointReport(connection.endpoint, problem=str(error))
    return EndpointReport(
        connection.endpoint, served.name, served.context_tokens, connection.gives_probabilities
    )
