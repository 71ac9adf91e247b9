"""The server that runs over a library, as recorded in a file of its folder."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "running-server.json"


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server over a library.

    Attributes:
        url: its address, without a slash at the end.
        key: an API key for programs of the same user, valid as long as it runs.
        certificate: the file of the only certificate that is trusted; empty for HTTP.
    """

    url: str
    key: str
    certificate: str = ""


def new_server(url: str, certificate: Path | None = None) -> RunningServer:
    """Return a server at an address, with a new key."""
    return RunningServer(url, secrets.token_urlsafe(32), str(certificate or ""))


@contextmanager
def recorded(folder: Path, server: RunningServer) -> Iterator[None]:
    """Record in a library's folder that a server runs, for the duration of the block.

    Only the user can read the file.
    """
    path = folder / _FILE
    # If the library is not writable, clients do not find the server, which is no reason to fail.
    with suppress(OSError):
        path.unlink(missing_ok=True)  # of a server that was killed
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(server), file)
    try:
        yield
    finally:
        if running_server(folder) == server:  # not that of a later server
            path.unlink(missing_ok=True)


def running_server(folder: Path) -> RunningServer | None:
    """Return the server that was recorded last; None if there is none. It may have been killed."""
    try:
        values = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        certificate = str(values.get("certificate", ""))
        return RunningServer(str(values["url"]), str(values["key"]), certificate)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
