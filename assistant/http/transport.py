"""HTTP clients with timeouts and secure redirects, and error messages of httpx."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx  # imported where it is used: it is slower than the rest of `assistant --help`

MAX_REDIRECTS = 5


class InsecureRedirectError(Exception):
    """A server redirected from https to an unencrypted address."""


def open_client(
    base_url: str, *, timeout_s: float, connect_s: float, headers: Mapping[str, str]
) -> "httpx.Client":
    """Return a client for requests to a server; it follows redirects.

    If the base URL is https, an unencrypted request raises `InsecureRedirectError` instead of being
    sent.

    Args:
        base_url: the base URL of the server.
        timeout_s: maximum time without any data from the server, in seconds.
        connect_s: maximum time to establish a connection, in seconds.
        headers: the headers of all requests.
    """
    import httpx

    def refuse_insecure(request: httpx.Request) -> None:
        if base_url.startswith("https:") and request.url.scheme != "https":
            raise InsecureRedirectError(
                f"it redirects to an unencrypted address on {request.url.host}"
            )

    return httpx.Client(
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        timeout=httpx.Timeout(timeout_s, connect=connect_s),
        headers=headers,
        event_hooks={"request": [refuse_insecure]},
    )


def describe(error: Exception) -> str:
    """Return the message of an exception, or its type if it has none."""
    return str(error) or type(error).__name__
