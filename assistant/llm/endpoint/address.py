"""The addresses of endpoints, and their API keys.

A key is never passed on the command line, where every user of the machine could read it with
``ps``. It is in ``$ASSISTANT_ENDPOINT_KEY``, or in the file ``$ASSISTANT_ENDPOINT_KEY_FILE``.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from assistant.errors import InputError
from assistant.settings import STARTED_SERVER

_KEY = "ASSISTANT_ENDPOINT_KEY"
_KEY_FILE = "ASSISTANT_ENDPOINT_KEY_FILE"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server.

    Attributes:
        url: its base URL, such as ``http://127.0.0.1:8080/v1``.
        model: the name of the model; empty if the server has only one.
        key: sent with each request; empty for none.
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host and port, for display."""
        return urlsplit(self.url).netloc

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"


def parse_endpoint(text: str) -> Endpoint:
    """Parse an address like `parse_address`, and look up its key.

    Raises:
        InputError: the address or its key is not valid, or the key file cannot be read.
    """
    endpoint = parse_address(text)
    return replace(endpoint, key=_key_of(endpoint.url))


def parse_address(text: str) -> Endpoint:
    """Parse ``http://host:port/v1`` or ``http://host:port/v1#model``; the key is left empty.

    Raises:
        InputError: it has another form, or contains a key.
    """
    try:
        parts = urlsplit(text)
        is_valid = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port  # raises if it is not a number
    except ValueError:
        is_valid, parts = False, SplitResult("", "", "", "", "")
    if not is_valid:
        raise InputError(
            f"{text!r} is not an endpoint. Write the address of an OpenAI-compatible server, such "
            "as http://127.0.0.1:8080/v1 or http://host:8000/v1#model; or llama-server, to start "
            "one."
        )
    if parts.username is not None or parts.query:
        raise InputError(
            f"An endpoint's address contains no key, which others could read. Put it into the "
            f"environment variable {_KEY}, or into a file that {_KEY_FILE} names."
        )
    url = parts._replace(fragment="").geturl().rstrip("/")
    return Endpoint(url, parts.fragment)


def check_endpoints(texts: Sequence[str]) -> None:
    """Check the syntax of endpoints and of their keys, without contacting them.

    Raises:
        InputError: an address or its key is not valid, or the key file cannot be read.
    """
    if STARTED_SERVER in texts and len(texts) > 1:
        raise InputError(
            f"{STARTED_SERVER} stands alone: it cannot share the load with other endpoints."
        )
    for text in texts:
        if text != STARTED_SERVER:
            parse_endpoint(text)


def _key_of(url: str) -> str:
    """Return the key for an endpoint; empty if there is none.

    Each line of the key file is a key, or an address and a key. A key after an address is sent to
    that endpoint only.

    Raises:
        InputError: the file cannot be read, or the key cannot be sent.
    """
    if key := os.environ.get(_KEY, "").strip():
        return _checked(key, _KEY)
    path = os.environ.get(_KEY_FILE)
    if not path:
        return ""
    try:
        lines = Path(path).expanduser().read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(
            f"The keys in {path} cannot be read. {_KEY_FILE} names a file with a key, or with an "
            "address and a key a line."
        ) from error
    for line in lines:
        match line.split():
            case [key]:
                return _checked(key, path)
            case [address, key] if address.rstrip("/") == url:
                return _checked(key, path)
    return ""


def _checked(key: str, where: str) -> str:
    """Return the key if it can be sent in an HTTP header.

    Raises:
        InputError: the key is not valid. The message does not contain it.
    """
    if key.isascii() and key.isprintable() and " " not in key:
        return key
    raise InputError(
        f"The endpoint's key in {where} is not valid: a key is one word of printable ASCII "
        "characters. Copy it again, without quotation marks and further lines."
    )
