"""Asking a source over HTTP: politely, patiently, and with an error that says what to do."""

import logging
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import InputError, NetworkError
from assistant.http.rate_limit import turn
from assistant.http.service import WebService
from assistant.http.timeouts import Patience, patience_with
from assistant.settings import APP_NAME, cache_folder

if TYPE_CHECKING:
    import httpx  # imported where it is used: it costs more than the rest of `assistant --help`

Parsed = TypeVar("Parsed")
Parameters = Mapping[str, str | int]

_ATTEMPTS = 4
# Without a network the second attempt fails like the first: a person should not wait for more.
_ATTEMPTS_TO_CONNECT = 2
_CONNECT_S = 8.0
# Seconds that a server may ask us to wait with `Retry-After`; if it wants more, the user decides.
_LONGEST_WAIT_S = 60.0
_MOST_BYTES = 64_000_000
# An answer that trickles in forever never times out; after so many timeouts it is given up.
_TIMEOUTS_IN_ALL = 10
_TEMPORARY = (408, 425, 429, 500, 502, 503, 504)
_LATER = "Run the command again later."
_log = logging.getLogger(__name__)


class UnusableAnswerError(Exception):
    """An answer that is cut, or is not what was asked for; asking again may help."""


class NothingThereError(InputError):
    """The source has nothing under that name."""


class _FailedError(Exception):
    """An attempt that failed, where another may not.

    Attributes:
        attempts: how many are worth while, this one included.
        wait_s: how many seconds the server wants to be left alone; None if it does not say.
        step: what a person can do if no attempt succeeds.
    """

    def __init__(
        self,
        reason: str,
        attempts: int = _ATTEMPTS,
        wait_s: float | None = None,
        step: str = _LATER,
    ) -> None:
        super().__init__(reason)
        self.attempts = attempts
        self.wait_s = wait_s
        self.step = step


def ask(
    source: WebService, path: str, parameters: Parameters, parse: Callable[[bytes], Parsed]
) -> Parsed:
    """Ask a source for something and return what a function makes of the answer.

    Requests to one source follow each other with the pause that it wants, from all processes of
    this machine. What may pass (too many requests, an error of the server, a cut or garbled
    answer) is tried again after growing pauses, or when the server says.

    Args:
        source: whom to ask.
        path: below the source's address, beginning with a slash.
        parameters: of the query.
        parse: makes something of the body; raises `UnusableAnswerError` if it cannot.

    Raises:
        NetworkError: the source is out of reach, or gives no usable answer.
        InputError: it does not understand the question.
        NothingThereError: it has nothing under that path.
    """
    patience = patience_with(source)
    attempt = 1
    while True:
        try:
            return parse(_get(source, path, parameters, patience))
        except (_FailedError, UnusableAnswerError) as error:
            failed = error if isinstance(error, _FailedError) else _FailedError(str(error))
            if attempt >= failed.attempts or (failed.wait_s or 0) > _LONGEST_WAIT_S:
                raise NetworkError(
                    f"{source.name} cannot be asked: {failed}. {failed.step} Nothing in the "
                    "library is lost; papers in files can be added without a network."
                ) from error
        wait_s = patience.pause_s * 2 ** (attempt - 1) if failed.wait_s is None else failed.wait_s
        _log.warning("%s: %s. Trying again in %.0f s.", source.name, failed, wait_s)
        time.sleep(wait_s)
        attempt += 1


def _get(source: WebService, path: str, parameters: Parameters, patience: Patience) -> bytes:
    import httpx

    try:
        with (
            turn(cache_folder() / "network" / source.key, patience.pause_s),
            _client(patience) as client,
            client.stream("GET", source.base + path, params=dict(parameters)) as response,
        ):
            if source.base.startswith("https:") and response.url.scheme != "https":
                raise _FailedError(
                    f"it redirects to an unencrypted address on {response.url.host}", attempts=1
                )
            body = _body(response, patience)
            _check_status(source, response)
            return body
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _FailedError(
            f"no connection ({_reason(error)})",
            _ATTEMPTS_TO_CONNECT,
            step="Check the network connection and run the command again.",
        ) from error
    except httpx.TimeoutException as error:
        raise _FailedError(f"no whole answer within {patience.timeout_s:g} s") from error
    except httpx.TransportError as error:
        raise _FailedError(f"the connection broke ({_reason(error)})") from error
    except httpx.DecodingError as error:
        raise _FailedError(f"a garbled answer ({_reason(error)})") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _FailedError(
            _reason(error),
            attempts=1,
            step=f"Its address is {source.base}: see the environment variable {source.variable}.",
        ) from error


def _client(patience: Patience) -> "httpx.Client":
    import httpx

    return httpx.Client(
        timeout=httpx.Timeout(patience.timeout_s, connect=min(_CONNECT_S, patience.timeout_s)),
        follow_redirects=True,
        headers={"User-Agent": APP_NAME},
    )


def _body(response: "httpx.Response", patience: Patience) -> bytes:
    import httpx

    deadline = time.monotonic() + _TIMEOUTS_IN_ALL * patience.timeout_s
    body = bytearray()
    for block in response.iter_bytes():
        body += block
        if len(body) > _MOST_BYTES:
            raise _FailedError(f"it sends more than {_MOST_BYTES // 10**6} MB", attempts=1)
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("it trickles in")
    return bytes(body)


def _check_status(source: WebService, response: "httpx.Response") -> None:
    status = response.status_code
    if response.is_success:
        return
    if status in (404, 410):
        raise NothingThereError(f"{source.name} has nothing there (HTTP {status}).")
    if status in (400, 414, 422):
        raise InputError(
            f"{source.name} does not understand the question (HTTP {status}). Write it more simply."
        )
    if status not in _TEMPORARY:
        raise _FailedError(f"it refuses to answer (HTTP {status})", attempts=1)
    wait_s = _retry_after(response)
    raise _FailedError(
        f"too many requests (HTTP {status})" if status == 429 else f"it is unwell (HTTP {status})",
        wait_s=wait_s,
        step=f"Run the command again in {wait_s:.0f} s." if wait_s else _LATER,
    )


def _retry_after(response: "httpx.Response") -> float | None:
    """Return how many seconds a server wants to be left alone; None if it does not say."""
    text = response.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
