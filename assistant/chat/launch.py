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

# Of one file: a search page or a bibliography is far smaller, a scanned PDF hardly larger.
_UPLOAD_LIMIT = "100mb"
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_ANYBODY = (
    "Anybody who reaches this machine can ask, and see the conversations. "
    "--auth name:password asks who they are."
)


def launch(
    library: Path,
    settings: Settings,
    *,
    chosen: Collection[str] = (),
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    logins: Sequence[str] = (),
) -> None:
    """Open a library and serve its chat page; return after Ctrl-C.

    The model loads once the page is up.

    Args:
        library: the library folder; made, with the sample papers, if it is new.
        settings: of the assistant; those that the library keeps take the place of the defaults.
        chosen: the names of settings that stay although they may be as by default.
        host: the address to listen on; 0.0.0.0 lets other machines in.
        port: the port to listen on.
        open_browser: whether to open the page in the default browser.
        logins: who may use the page, each as ``name:password``; each has conversations of their
            own. Without any, everybody who reaches the page may.

    Raises:
        InputError: the port or the address cannot be used, or a login is not of that form.
        ModelError: the model or the embedder is not on this machine.
        LibraryError: the folder cannot be used.
    """
    accounts = [_account(login) for login in logins]
    _check_address(host, port)  # before the imports and the indexing, which take a while

    from assistant.chat.settings.saved_settings import with_those_kept_in

    settings = with_those_kept_in(library.expanduser(), settings, chosen)
    locate(settings.model)  # a model that is not here is told before the page is built

    from assistant.chat.import_gradio import import_gradio

    import_gradio()

    from assistant.answering import Assistant
    from assistant.chat.jobs.model_loading import ModelLoading
    from assistant.chat.page import appearance, build_page

    with Assistant.open(library, settings=settings, on_progress=_print_progress) as assistant:
        loading = ModelLoading(assistant.load)
        page = build_page(assistant, loading)
        page.launch(
            server_name=_in_address(host),
            server_port=port,
            auth=accounts or None,
            auth_message="The conversations of this paper assistant are its users' own.",
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
        print(f"The chat is on http://{_in_address(host)}:{port} (Ctrl-C ends it).", flush=True)
        if host not in _THIS_MACHINE and not accounts:
            print(_ANYBODY, flush=True)
        try:
            # Ctrl-C may reach another thread; this one notices it only if it wakes up.
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            print("\nThe chat has ended.")
        finally:
            page.close(verbose=False)


def _account(login: str) -> tuple[str, str]:
    name, _, password = login.partition(":")
    if not name or not password:
        raise InputError("--auth takes a name and a password, as ada:secret.")
    return name, password


def _in_address(host: str) -> str:
    """Return a host as it stands in an address: one of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _print_progress(progress: "PaperProgress") -> None:
    end = "\n" if progress.done == progress.total else ""
    print(f"\rIndexing papers: {progress.done} of {progress.total}", end=end, flush=True)


def _check_address(host: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise InputError(f"{port} is no port. Choose one from 1024 to 65535 with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server will: a port that was just given back is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise InputError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use on {host}. End what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023 with --port."
    return f"{host!r} is no address of this machine. Choose one with --host, such as 127.0.0.1."
