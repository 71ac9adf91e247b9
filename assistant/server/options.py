"""The options of a server: what it offers, and who may use it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.web.serving.tls import Tls


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """The options of `assistant serve`.

    Attributes:
        host: the address to listen on; 0.0.0.0 accepts other machines.
        port: the port to listen on.
        page: whether the chat page is served.
        mcp: whether MCP is served at ``/mcp``.
        read_only: whether papers can neither be added nor removed over the APIs.
        requests_per_minute: the limit per client; 0 for no limit.
        max_waiting: how many questions may wait for the model. Further ones are refused.
        allow_origins: origins of web pages elsewhere that may use the APIs, such as
            ``https://example.org``.
        allow_hosts: further host names by which the server is reached.
        logins: accounts of the chat page, each as ``name:secret`` or ``name:secret:role``.
        tls: the certificate and key for HTTPS; None for HTTP.
        log_json: whether to log requests to standard error, as JSON Lines.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    page: bool = True
    mcp: bool = True
    read_only: bool = False
    requests_per_minute: int = 0
    max_waiting: int = 16
    allow_origins: Sequence[str] = ()
    allow_hosts: Sequence[str] = ()
    logins: Sequence[str] = ()
    tls: Tls | None = None
    log_json: bool = False

    def __post_init__(self) -> None:
        """Raise `InputError` for a value that makes no sense."""
        if self.requests_per_minute < 0 or self.max_waiting < 0:
            raise InputError("--rate-limit and --max-waiting take a number from 0.")
        if "*" in self.allow_origins:
            raise InputError(
                "--allow-origin takes an origin such as https://example.org. Name each one."
            )
