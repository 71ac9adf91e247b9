"""``assistant chat``: serve the chat page."""

from typing import Annotated

import typer

from assistant.cli.terminal.logins import AuthOption, logins_from
from assistant.cli.terminal.options import (
    AllowHostOption,
    EndpointOption,
    HostOption,
    LibraryOption,
    LogJsonOption,
    ModelOption,
    PortOption,
    SetOption,
    TlsCertOption,
    TlsKeyOption,
    folder_from,
    names_of_changes,
    settings_from,
)
from assistant.cli.terminal.stopping import end_process


def chat(
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 7860,
    auth: AuthOption = None,
    allow_host: AllowHostOption = None,
    tls_cert: TlsCertOption = None,
    tls_key: TlsKeyOption = None,
    log_json: LogJsonOption = False,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = False,
) -> None:
    """Serve the chat page until Ctrl-C.

    Example:
        $ assistant chat --library ~/papers --port 8000
    """
    settings = settings_from(changes, model, endpoint)
    from assistant.chat import launch
    from assistant.web.serving.tls import tls_from

    launch(
        folder_from(library),
        settings,
        explicit=names_of_changes(changes, model, endpoint),
        host=host,
        port=port,
        open_browser=open_browser,
        logins=logins_from(auth),
        allow_hosts=allow_host or (),
        log_json=log_json,
        tls=tls_from(tls_cert, tls_key),
    )
    end_process()
