"""Serve the chat page until Ctrl-C."""

import functools
import os
import sys
import tempfile
import webbrowser
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.web.hosts import LOOPBACK
from assistant.web.login.accounts import FILE_NAME as ACCOUNTS_FILE
from assistant.web.login.accounts import Accounts, parse_login
from assistant.web.request_log import log_requests
from assistant.web.serving.address import check_address, server_url
from assistant.web.serving.tls import Tls

if TYPE_CHECKING:
    from assistant.library import PaperProgress

_OPEN_TO_ALL = (
    "Anyone who can reach this machine can ask questions and read the conversations. "
    "Add accounts with `assistant users add NAME` to require a login."
)


def launch(
    library: Path,
    settings: Settings,
    *,
    explicit: Collection[str] = (),
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    logins: Sequence[str] = (),
    allow_hosts: Collection[str] = (),
    log_json: bool = False,
    tls: Tls | None = None,
) -> None:
    """Open a library and serve its chat page until Ctrl-C or SIGTERM.

    The model loads once the page is up.

    Args:
        library: the library folder. A new one is created with the sample papers.
        settings: the assistant's settings. Settings saved in the library replace defaults.
        explicit: names of settings that saved ones must not replace, even if they have their
            default value.
        host: the address to listen on; 0.0.0.0 accepts other machines.
        port: the port to listen on.
        open_browser: whether to open the page in the default browser.
        logins: accounts besides those of the library, each as ``name:secret`` or
            ``name:secret:role``. Each sees only their own conversations. Without any account, no
            login is required.
        allow_hosts: further host names that the page answers to, such as that of a proxy, whose
            X-Forwarded headers are then trusted.
        log_json: whether to log requests to standard error, as JSON Lines.
        tls: the certificate and key for HTTPS; None for HTTP.

    Raises:
        InputError: the port or address cannot be used, or a login is malformed.
        ModelError: the model or the embedder is not on this machine.
        LibraryError: the folder cannot be used.
    """
    library = library.expanduser()
    accounts = Accounts(map(parse_login, logins), library / ACCOUNTS_FILE)
    must_log_in = accounts.exist
    check_address(host, port)  # before the slow imports and indexing

    from assistant.answering import check_model
    from assistant.chat.settings.saved_settings import with_saved_settings

    settings = with_saved_settings(library, settings, explicit)
    check_model(settings)  # fail before the page is built if the model is missing

    from assistant.chat.import_gradio import import_gradio

    import_gradio()

    from assistant.answering import Assistant
    from assistant.chat.serve import page_app
    from assistant.chat.state import new_state
    from assistant.web.serving.server import serving, wait_for_signal

    address = server_url(host, port, is_https=tls is not None)
    with (
        tempfile.TemporaryDirectory(prefix="paper-assistant-") as uploads,
        Assistant.open(library, settings=settings, on_progress=print_progress) as assistant,
    ):
        # Where Gradio puts uploads: by default a folder that all users of the machine share.
        os.environ["GRADIO_TEMP_DIR"] = uploads
        app = new_state(assistant, accounts=accounts)
        page = page_app(app, host, port, allowed=allow_hosts, uploads=Path(uploads))
        if log_json:
            page = log_requests(page, functools.partial(print, file=sys.stderr, flush=True))
        with serving(page, host, port, behind_proxy=bool(allow_hosts), tls=tls):
            app.loading.start()
            print(f"The chat is at {address} (Ctrl-C to stop).", flush=True)
            if host not in LOOPBACK and not must_log_in:
                print(_OPEN_TO_ALL, flush=True)
            if open_browser:
                webbrowser.open(address)
            wait_for_signal()
            print("\nChat stopped.", flush=True)
            app.answers.stop_all()


def print_progress(progress: "PaperProgress") -> None:
    """Print how many papers are indexed, on one line."""
    end = "\n" if progress.done == progress.total else ""
    print(f"\rIndexing papers: {progress.done} of {progress.total}", end=end, flush=True)
