"""Serve an ASGI app on a thread of its own, until told to stop."""

import contextlib
import logging
import signal
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.web.asgi import App
from assistant.web.serving.slow_clients import timed_protocol
from assistant.web.serving.tls import Tls

if TYPE_CHECKING:
    import uvicorn

_START_S = 30.0
_CLOSE_S = 0
"""How long requests may continue after shutdown begins. A page's streams never end on their own."""
_JOIN_S = 1.0


@contextlib.contextmanager
def serving(
    app: App, host: str, port: int, *, behind_proxy: bool = False, tls: Tls | None = None
) -> Iterator[None]:
    """Serve an app for the duration of the block.

    Args:
        app: the app.
        host: the address to listen on, without brackets.
        port: the port.
        behind_proxy: whether a proxy on this machine names the real client and scheme
            (X-Forwarded-For, X-Forwarded-Proto).
        tls: the certificate and key for HTTPS; None for HTTP.

    Raises:
        AssistantError: the server does not start.
    """
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=timed_protocol(),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=behind_proxy,
            ssl_certfile=tls.certificate if tls else None,
            ssl_keyfile=tls.key if tls else None,
            timeout_graceful_shutdown=_CLOSE_S,
        )
    )
    thread = threading.Thread(target=_run, args=(server,), name="web server", daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise AssistantError(f"The server did not start on {host}, port {port}. Try again.")
        time.sleep(0.01)
    try:
        yield
    finally:
        # Uvicorn would report the streams that it has to cut off as errors.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        server.should_exit = True
        thread.join(_JOIN_S)


def _run(server: "uvicorn.Server") -> None:
    # The signals belong to the main thread, and Uvicorn leaves them alone on others.
    with contextlib.suppress(SystemExit):  # the port is in use: Uvicorn has said so
        server.run()


def wait_for_signal() -> None:
    """Return after Ctrl-C or SIGTERM. Call it on the main thread."""
    ended = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: ended.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        # Python runs signal handlers on the main thread, which has to wake up for it.
        while not ended.wait(0.2):
            pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
