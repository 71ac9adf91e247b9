"""How long a source is waited for, and how often it is asked: its wishes, or the user's."""

import os
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.http.service import WebService

_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Times in seconds.

    Attributes:
        pause_s: between two requests; after a failure twice as long each time.
        timeout_s: for a source to go on answering.
    """

    pause_s: float
    timeout_s: float


def patience_with(source: WebService) -> Patience:
    """Return what the source asks for, or what the environment says.

    ``ASSISTANT_REQUEST_PAUSE`` and ``ASSISTANT_REQUEST_TIMEOUT`` are meant for servers of one's
    own, which need no care; the public ones shut out who asks too often.

    Raises:
        InputError: one of the variables is no number of seconds.
    """
    return Patience(
        pause_s=_seconds("ASSISTANT_REQUEST_PAUSE", source.pause_s),
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
        raise InputError(f"{variable} is a number of seconds, such as 3, not {text!r}.")
    return seconds
