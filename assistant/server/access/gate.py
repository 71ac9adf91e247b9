"""The check of every request to the APIs: its origin, its key and its rate."""

import hmac
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assistant.server.access.keys import list_keys, name_of_key
from assistant.server.problems import ForbiddenError, TooManyRequestsError, UnauthorizedError
from assistant.web.limits import Rate

_BEARER = "bearer "


@dataclass(slots=True)
class Gate:
    """Admits requests to the APIs.

    Once there has been a key, one is needed: removing the last key does not open a running server.

    Attributes:
        folder: the library folder, which stores the keys.
        needs_key: returns whether a key is needed even if there are none, as on a server that
            other machines reach.
        own_key: a further key, for programs of the same user on this machine.
        rate: the rate limit for the requests of each client; None for no limit.
        allow_origins: origins of web pages elsewhere that may send requests.
    """

    folder: Path
    needs_key: Callable[[], bool] = lambda: False
    own_key: str = ""
    rate: Rate | None = None
    allow_origins: Collection[str] = ()

    def __post_init__(self) -> None:
        self._is_key_needed()

    def admit(
        self, *, authorization: str, origin: str, host: str, client: str, is_foreign: bool = False
    ) -> str:
        """Check a request; return who it comes from: the name of its key, or else the address.

        Args:
            authorization: the Authorization header; empty if there is none.
            origin: the Origin header; empty if there is none, as in requests of programs.
            host: the Host header.
            client: the address that the request comes from.
            is_foreign: whether, according to the browser, a page of another site loads something.

        Raises:
            ForbiddenError: a web page elsewhere sent it.
            UnauthorizedError: it needs a key and has none, or a wrong one.
            TooManyRequestsError: the client has sent too many requests.
        """
        is_own = not is_foreign if not origin else _netloc(origin) == host
        if not is_own and origin not in self.allow_origins:
            raise ForbiddenError(
                f"Pages of {origin or 'other sites'} may not use this server. Start it with "
                f"--allow-origin {origin or 'ORIGIN'}."
            )
        name = self._key_name(authorization) or client
        wait_s = self.rate.take(name) if self.rate else 0
        if wait_s:
            raise TooManyRequestsError("Too many requests. Wait before the next one.", wait_s)
        return name

    def _key_name(self, authorization: str) -> str | None:
        """Return the name of the request's key; None if none is needed."""
        is_bearer = authorization.lower().startswith(_BEARER)
        key = authorization[len(_BEARER) :].strip() if is_bearer else ""
        if key and self.own_key and hmac.compare_digest(key.encode(), self.own_key.encode()):
            return "own"
        if not self._is_key_needed():
            return None
        if name := key and name_of_key(self.folder, key):
            return name
        raise UnauthorizedError(
            "This server needs an API key, as `Authorization: Bearer KEY`. "
            "`assistant keys add NAME` makes one."
        )

    def _is_key_needed(self) -> bool:
        """Return whether a key is needed; keys are looked for only until there is one."""
        if not self.needs_key() and list_keys(self.folder):
            self.needs_key = lambda: True
        return self.needs_key()


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as http://[
        return None
