"""Answer only requests for known host names.

A web page can make its own host name resolve to this machine (DNS rebinding). To the browser its
requests are then same-origin. Their Host header gives them away.
"""

import contextlib
import re
from collections.abc import Collection

from assistant.web.asgi import App, Receive, Scope, Send, header, refuse_connection

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""The names by which a browser reaches its own machine."""

_HOST = re.compile(r"(\[(?P<address>[\da-f:.]+)\]|(?P<name>[^\s\[\]:,/@]+))(:\d*)?")

_MESSAGE = "This server does not answer to the name {}. If it is yours, add --allow-host {}."
_NO_NAME = "The request does not name a host."


def allow_hosts(app: App, hosts: Collection[str]) -> App:
    """Return an app that answers 421 unless the Host header names one of some hosts.

    Args:
        app: the app to protect.
        hosts: names and addresses, without a port. IPv6 addresses have no brackets.
    """
    allowed = {host.lower().rstrip(".") for host in hosts}

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            name = host_name(header(scope, "host") or "")
            if name not in allowed:
                text = _MESSAGE.format(name, name) if name else _NO_NAME
                await refuse_connection(scope, send, 421, text)
                return
        await app(scope, receive, send)

    return protected


def host_name(host: str) -> str:
    """Return the name in a Host header, in lower case, without the port and brackets.

    It is empty if the header is not a name or an address, alone or with a port. Repeated headers,
    which `header` joins, are not.
    """
    match = _HOST.fullmatch(host.lower())
    return (match["address"] or match["name"]) if match else ""


def known_hosts(listens_on: str, extra: Collection[str] = ()) -> frozenset[str]:
    """Return the names under which a server is reached.

    Args:
        listens_on: the address that it listens on. For 0.0.0.0 and ::, the machine's own names and
            addresses are added.
        extra: further names, such as that of a proxy.
    """
    names = {*LOOPBACK, listens_on, *extra}
    if listens_on in ("0.0.0.0", "::", ""):
        names |= _names_of_this_machine()
    return frozenset(names)


def _names_of_this_machine() -> set[str]:
    import socket

    name = socket.gethostname()
    names = {name, socket.getfqdn()}
    with contextlib.suppress(OSError):
        names |= {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        # The address of the outgoing interface. Connecting a UDP socket sends nothing.
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            names.add(str(probe.getsockname()[0]))
    return names
