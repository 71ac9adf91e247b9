"""The address that a server listens on: whether it can be used, and how a URL writes it."""

import errno
import socket

from assistant.errors import InputError


def check_address(host: str, port: int) -> None:
    """Raise `InputError` if a server could not listen on an address; it says why."""
    if not 1 <= port <= 65535:
        raise InputError(f"{port} is not a valid port. Choose one from 1024 to 65535 with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # The server sets it too: a port in TIME_WAIT counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise InputError(_bind_problem(error, host, port)) from error


def server_url(host: str, port: int, *, is_https: bool = False) -> str:
    """Return the URL of a server, without a slash at the end."""
    name = f"[{host}]" if ":" in host else host  # an IPv6 address
    return f"{'https' if is_https else 'http'}://{name}:{port}"


def _bind_problem(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use on {host}. Stop the program that uses it, or choose another "
            "with --port."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023 with --port."
    return f"{host!r} is not an address of this machine. Choose one with --host, such as 127.0.0.1."
