"""The pause between requests and the timeout: of the service, or from the environment."""

import os
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.http.service import WebService

_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """Times in seconds.

    Attributes:
        pause_s: between two requests; doubled after each failed attempt.
        timeout_s: maximum time without any data from the service.
    """

    pause_s: float
    timeout_s: float


def policy_for(service: WebService) -> RequestPolicy:
    """Return the policy for a service, with the overrides of the environment.

    ``ASSISTANT_REQUEST_PAUSE`` and ``ASSISTANT_REQUEST_TIMEOUT`` are intended for private servers.
    Public ones block clients that send requests too often.

    Raises:
        InputError: a variable is not a number of seconds.
    """
    return RequestPolicy(
        pause_s=_seconds("ASSISTANT_REQUEST_PAUSE", service.pause_s),
        timeout_s=_seconds("ASSISTANT_REQUEST_TIMEOUT", _TIMEOUT_S),
    )


def _seconds(variable: str, default: float) -> float:
    text = os.environ.get(variable)
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise InputError(f"{variable} must be a number of seconds, such as 3, not {text!r}.")
    return seconds
