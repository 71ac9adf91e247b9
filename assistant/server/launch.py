"""Serve the APIs and the chat page until Ctrl-C."""

import functools
import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.server.access.keys import list_keys
from assistant.server.options import ServerOptions
from assistant.settings import Settings
from assistant.web.hosts import LOOPBACK
from assistant.web.login.accounts import FILE_NAME as ACCOUNTS_FILE
from assistant.web.login.accounts import Accounts, parse_login
from assistant.web.request_log import log_requests
from assistant.web.serving.address import check_address, server_url

if TYPE_CHECKING:
    from assistant.chat.state import AppState
    from assistant.web.asgi import App

_NO_KEYS = (
    "Other machines could use this server without a key. Make one with `assistant keys add NAME`, "
    "or leave out --host."
)
_NO_PAGE = "The chat page is not served: add an account with `assistant users add NAME`."


def serve(
    library: Path,
    settings: Settings,
    options: ServerOptions,
    *,
    explicit: Collection[str] = (),
) -> None:
    """Open a library and serve it until Ctrl-C.

    The model loads once the server is up.

    Args:
        library: the library folder. A new one is created with the sample papers.
        settings: the assistant's settings. Settings saved in the library replace defaults.
        options: the options of the server.
        explicit: names of settings that saved ones must not replace, even if they have their
            default value.

    Raises:
        InputError: the address cannot be used, a login is malformed, or a server that other
            machines reach has no keys.
        ModelError: the model or the embedder is not on this machine.
        LibraryError: the folder cannot be used.
    """
    library = library.expanduser()
    accounts = Accounts(map(parse_login, options.logins), library / ACCOUNTS_FILE)
    is_local = options.host in LOOPBACK
    if not is_local and not list_keys(library):
        raise InputError(_NO_KEYS)
    check_address(options.host, options.port)  # before the slow imports and indexing

    from assistant.answering import check_model
    from assistant.chat.settings.saved_settings import with_saved_settings

    settings = with_saved_settings(library, settings, explicit)
    check_model(settings)  # fail before anything is opened if the model is missing

    from assistant.server.access.gate import Gate
    from assistant.server.app import build_app
    from assistant.server.resident.record import new_server, recorded
    from assistant.server.state import queue_of, state_of
    from assistant.web.limits import Rate
    from assistant.web.serving.server import serving, wait_for_signal

    url = server_url(options.host, options.port, is_https=options.tls is not None)
    server = new_server(url, options.tls.certificate if options.tls else None)
    per_minute = options.requests_per_minute
    gate = Gate(
        library,
        needs_key=lambda: not is_local or accounts.exist,
        own_key=server.key,
        rate=Rate(per_minute / 60, burst=per_minute) if per_minute else None,
        allow_origins=options.allow_origins,
    )
    has_page = options.page and (is_local or accounts.exist)
    with _private_uploads() as uploads, _opened(library, settings, accounts) as app:
        app.queue = queue_of(options)
        state = state_of(lambda: (app.assistant, app.loading), options, app.queue, app.runs)
        page = _page(app, options, uploads) if has_page else None
        served = build_app(state, gate, page)
        if options.log_json:
            served = log_requests(served, functools.partial(print, file=sys.stderr, flush=True))
        is_proxied = bool(options.allow_hosts)
        with (
            serving(served, options.host, options.port, behind_proxy=is_proxied, tls=options.tls),
            recorded(library, server),
        ):
            app.loading.start()
            _announce(url, options, has_page=has_page)
            wait_for_signal()
            print("\nServer stopped.", flush=True)
            app.answers.stop_all()


@contextmanager
def _opened(library: Path, settings: Settings, accounts: Accounts) -> Iterator["AppState"]:
    from assistant.answering import Assistant
    from assistant.chat.launch import print_progress
    from assistant.chat.state import new_state

    with Assistant.open(library, settings=settings, on_progress=print_progress) as assistant:
        yield new_state(assistant, accounts=accounts)


@contextmanager
def _private_uploads() -> Iterator[Path]:
    """Make Gradio put uploads in a folder of this process, not in one that all users share."""
    with tempfile.TemporaryDirectory(prefix="paper-assistant-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        yield Path(folder)


def _page(app: "AppState", options: ServerOptions, uploads: Path) -> "App":
    from assistant.chat.import_gradio import import_gradio

    import_gradio()

    from assistant.chat.serve import page_app

    return page_app(app, options.host, options.port, allowed=options.allow_hosts, uploads=uploads)


def _announce(url: str, options: ServerOptions, *, has_page: bool) -> None:
    print(f"Serving at {url} (Ctrl-C to stop).")
    if has_page:
        print(f"  Chat page            {url}/")
    elif options.page:
        print(f"  {_NO_PAGE}")
    print(f"  OpenAI-compatible    {url}/v1")
    print(f"  REST, documentation  {url}/docs")
    if options.mcp:
        print(f"  MCP                  {url}/mcp")
    print(end="", flush=True)
