"""Serve the chat page until Ctrl-C."""

import errno
import socket
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.models import locate
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.library import PaperProgress

# The largest uploaded file: enough for a bibliography, a saved search page or a scanned PDF.
_UPLOAD_LIMIT = "100mb"
_LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_OPEN_TO_ALL = (
    "Anyone who can reach this machine can ask questions and read the conversations. "
    "Use --auth name:password to require a login."
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
) -> None:
    """Open a library and serve its chat page until Ctrl-C.

    The model loads once the page is up.

    Args:
        library: the library folder. A new one is created with the sample papers.
        settings: the assistant's settings. Settings saved in the library replace defaults.
        explicit: names of settings that saved ones must not replace, even if they have their
            default value.
        host: the address to listen on; 0.0.0.0 accepts other machines.
        port: the port to listen on.
        open_browser: whether to open the page in the default browser.
        logins: the users, each as ``name:password``. Each sees only their own conversations.
            Without any, no login is required.

    Raises:
        InputError: the port or address cannot be used, or a login is malformed.
        ModelError: the model or the embedder is not on this machine.
        LibraryError: the folder cannot be used.
    """
    accounts = [_account(login) for login in logins]
    _check_address(host, port)  # before the slow imports and indexing

    from assistant.chat.settings.saved_settings import with_saved_settings

    settings = with_saved_settings(library.expanduser(), settings, explicit)
    locate(settings.model)  # fail before the page is built if the model is missing

    from assistant.chat.import_gradio import import_gradio

    import_gradio()

    from assistant.answering import Assistant
    from assistant.chat.jobs.model_loading import ModelLoading
    from assistant.chat.page import appearance, build_page

    with Assistant.open(library, settings=settings, on_progress=_print_progress) as assistant:
        loading = ModelLoading(assistant.load)
        page = build_page(assistant, loading)
        page.launch(
            server_name=_url_host(host),
            server_port=port,
            auth=accounts or None,
            auth_message="Each user of this paper assistant sees only their own conversations.",
            max_file_size=_UPLOAD_LIMIT,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            share=False,
            ssr_mode=False,
            enable_monitoring=False,
            run_history=False,
            quiet=True,
            **appearance(),
        )
        loading.start()
        print(f"The chat is at http://{_url_host(host)}:{port} (Ctrl-C to stop).", flush=True)
        if host not in _LOOPBACK_HOSTS and not accounts:
            print(_OPEN_TO_ALL, flush=True)
        try:
            # Python handles Ctrl-C on the main thread, which has to wake up for it.
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            print("\nChat stopped.")
        finally:
            page.close(verbose=False)


def _account(login: str) -> tuple[str, str]:
    name, _, password = login.partition(":")
    if not name or not password:
        raise InputError("--auth takes a name and a password, such as ada:secret.")
    return name, password


def _url_host(host: str) -> str:
    """Return a host as written in a URL: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def _print_progress(progress: "PaperProgress") -> None:
    end = "\n" if progress.done == progress.total else ""
    print(f"\rIndexing papers: {progress.done} of {progress.total}", end=end, flush=True)


def _check_address(host: str, port: int) -> None:
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


def _bind_problem(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use on {host}. Stop the program that uses it, or choose another "
            "with --port."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023 with --port."
    return f"{host!r} is not an address of this machine. Choose one with --host, such as 127.0.0.1."
