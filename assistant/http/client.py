"""GET requests to web services: rate-limited, with retries and helpful errors."""

import logging
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import InputError, NetworkError
from assistant.http.rate_limit import rate_limited
from assistant.http.request_policy import RequestPolicy, policy_for
from assistant.http.service import WebService
from assistant.http.transport import InsecureRedirectError, describe, open_client
from assistant.settings import APP_NAME, cache_folder

if TYPE_CHECKING:
    import httpx  # imported where it is used: it is slower than the rest of `assistant --help`

Parsed = TypeVar("Parsed")
Parameters = Mapping[str, str | int]

_ATTEMPTS = 4
# Without a network the second attempt fails like the first.
_CONNECT_ATTEMPTS = 2
_CONNECT_S = 8.0
# The longest `Retry-After` to wait for, in seconds. If the server wants more, the user decides.
_MAX_WAIT_S = 60.0
_MAX_BYTES = 64_000_000
# A response that arrives slowly but steadily never times out. It is abandoned after this many times
# the timeout.
_TIMEOUTS_IN_ALL = 10
_TEMPORARY = (408, 425, 429, 500, 502, 503, 504)
_LATER = "Run the command again later."
_log = logging.getLogger(__name__)


class BadResponseError(Exception):
    """A response is truncated or cannot be parsed; a retry may help."""


class NotFoundError(InputError):
    """The service has nothing at the path."""


class _AttemptFailedError(Exception):
    """An attempt failed; a retry may help.

    Attributes:
        attempts: number of attempts worth making, this one included.
        wait_s: seconds to wait before the next one, as the server says; None if it does not.
        advice: what the user can do if all attempts fail.
    """

    def __init__(
        self,
        reason: str,
        attempts: int = _ATTEMPTS,
        wait_s: float | None = None,
        advice: str = _LATER,
    ) -> None:
        super().__init__(reason)
        self.attempts = attempts
        self.wait_s = wait_s
        self.advice = advice


def get(
    service: WebService, path: str, parameters: Parameters, parse: Callable[[bytes], Parsed]
) -> Parsed:
    """Send a GET request and return the parsed response.

    Requests to one service are rate-limited across all processes of this machine. Temporary
    failures (too many requests, a server error, a truncated or malformed response) are retried with
    exponential backoff, or when the server says.

    Args:
        service: the service.
        path: the path below its base URL, beginning with a slash.
        parameters: the query parameters.
        parse: parses the body; raises `BadResponseError` if it cannot.

    Raises:
        NetworkError: the service is unreachable, or its response cannot be used.
        InputError: it rejects the query.
        NotFoundError: it has nothing at that path.
    """
    return get_with_headers(service, path, parameters, lambda body, _: parse(body))


def get_with_headers(
    service: WebService,
    path: str,
    parameters: Parameters,
    parse: Callable[[bytes, Mapping[str, str]], Parsed],
) -> Parsed:
    """Do what `get` does, with a parser that receives the headers of the response too."""
    policy = policy_for(service)
    attempt = 1
    while True:
        try:
            return parse(*_get(service, path, parameters, policy))
        except (_AttemptFailedError, BadResponseError) as error:
            failed = (
                error if isinstance(error, _AttemptFailedError) else _AttemptFailedError(str(error))
            )
            if attempt >= failed.attempts or (failed.wait_s or 0) > _MAX_WAIT_S:
                raise NetworkError(
                    f"The request to {service.name} failed: {failed}. {failed.advice} Papers in "
                    "files can be added without a network."
                ) from error
        wait_s = policy.pause_s * 2 ** (attempt - 1) if failed.wait_s is None else failed.wait_s
        _log.warning("%s: %s. Retrying in %.0f s.", service.name, failed, wait_s)
        time.sleep(wait_s)
        attempt += 1


def _get(
    service: WebService, path: str, parameters: Parameters, policy: RequestPolicy
) -> tuple[bytes, Mapping[str, str]]:
    """Return the body and the headers, whose names are case-insensitive."""
    import httpx

    try:
        with (
            rate_limited(cache_folder() / "network" / service.key, policy.pause_s),
            _client(service, policy) as client,
            client.stream("GET", service.base_url + path, params=dict(parameters)) as response,
        ):
            body = _read_body(response, policy)
            _check_status(service, response)
            return body, response.headers
    except InsecureRedirectError as error:
        raise _AttemptFailedError(str(error), attempts=1) from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _AttemptFailedError(
            f"no connection ({describe(error)})",
            _CONNECT_ATTEMPTS,
            advice="Check the network connection and try again.",
        ) from error
    except httpx.TimeoutException as error:
        raise _AttemptFailedError(f"no complete response within {policy.timeout_s:g} s") from error
    except httpx.TransportError as error:
        raise _AttemptFailedError(f"the connection broke ({describe(error)})") from error
    except httpx.DecodingError as error:
        raise _AttemptFailedError(f"a malformed response ({describe(error)})") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _AttemptFailedError(
            describe(error),
            attempts=1,
            advice=f"Its address is {service.base_url}: check the environment variable "
            f"{service.variable}.",
        ) from error


def _client(service: WebService, policy: RequestPolicy) -> "httpx.Client":
    return open_client(
        service.base_url,
        timeout_s=policy.timeout_s,
        connect_s=min(_CONNECT_S, policy.timeout_s),
        headers={"User-Agent": APP_NAME},
    )


def _read_body(response: "httpx.Response", policy: RequestPolicy) -> bytes:
    import httpx

    deadline = time.monotonic() + _TIMEOUTS_IN_ALL * policy.timeout_s
    body = bytearray()
    for block in response.iter_bytes():
        body += block
        if len(body) > _MAX_BYTES:
            raise _AttemptFailedError(f"it sends more than {_MAX_BYTES // 10**6} MB", attempts=1)
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the response arrives too slowly")
    return bytes(body)


def _check_status(service: WebService, response: "httpx.Response") -> None:
    status = response.status_code
    if response.is_success:
        return
    if status in (404, 410):
        raise NotFoundError(f"{service.name} has nothing at this address (HTTP {status}).")
    if status in (400, 414, 422):
        raise InputError(f"{service.name} rejects the query (HTTP {status}). Simplify it.")
    if status not in _TEMPORARY:
        raise _AttemptFailedError(f"access denied (HTTP {status})", attempts=1)
    wait_s = _retry_after(response)
    raise _AttemptFailedError(
        f"too many requests (HTTP {status})" if status == 429 else f"server error (HTTP {status})",
        wait_s=wait_s,
        advice=f"Run the command again in {wait_s:.0f} s." if wait_s else _LATER,
    )


def _retry_after(response: "httpx.Response") -> float | None:
    """Return the seconds in the ``Retry-After`` header; None if it is missing or malformed."""
    text = response.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
