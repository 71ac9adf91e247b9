"""``assistant serve`` and ``assistant mcp``: the library for other programs."""

from enum import StrEnum
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

_ReadOnlyOption = Annotated[
    bool, typer.Option("--read-only", help="Do not let programs add or remove papers.")
]
_OriginOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-origin",
        metavar="ORIGIN",
        help="Let web pages of another origin use the server. Can be repeated.",
    ),
]


class Transport(StrEnum):
    """How MCP clients reach the server."""

    STDIO = "stdio"
    HTTP = "http"


def serve(
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    page: Annotated[bool, typer.Option("--page/--no-page", help="Serve the chat page.")] = True,
    read_only: _ReadOnlyOption = False,
    rate_limit: Annotated[
        int, typer.Option(metavar="N", min=0, help="Requests a minute of a client; 0: no limit.")
    ] = 0,
    max_waiting: Annotated[
        int, typer.Option(metavar="N", min=0, help="Questions that may wait for the model.")
    ] = 16,
    allow_origin: _OriginOption = None,
    allow_host: AllowHostOption = None,
    auth: AuthOption = None,
    tls_cert: TlsCertOption = None,
    tls_key: TlsKeyOption = None,
    log_json: LogJsonOption = False,
) -> None:
    """Serve the library to other programs until Ctrl-C.

    One process offers an API compatible with OpenAI's, REST, MCP and the chat page. docs/serve.md
    shows how to connect Open WebUI, Python, Claude and others.

    Example:
        $ assistant serve --library ~/papers
        Serving at http://127.0.0.1:8000 (Ctrl-C to stop).
    """
    from assistant.server.launch import serve as serve_library
    from assistant.server.options import ServerOptions
    from assistant.web.serving.tls import tls_from

    options = ServerOptions(
        host=host,
        port=port,
        page=page,
        read_only=read_only,
        requests_per_minute=rate_limit,
        max_waiting=max_waiting,
        allow_origins=tuple(allow_origin or ()),
        allow_hosts=tuple(allow_host or ()),
        logins=tuple(logins_from(auth)),
        tls=tls_from(tls_cert, tls_key),
        log_json=log_json,
    )
    serve_library(
        folder_from(library),
        settings_from(changes, model, endpoint),
        options,
        explicit=names_of_changes(changes, model, endpoint),
    )
    end_process()


def mcp(
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    read_only: _ReadOnlyOption = False,
    transport: Annotated[
        Transport,
        typer.Option(help="stdio: the client starts this command. http: it connects to a port."),
    ] = Transport.STDIO,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8001,
    allow_origin: _OriginOption = None,
    allow_host: AllowHostOption = None,
    tls_cert: TlsCertOption = None,
    tls_key: TlsKeyOption = None,
) -> None:
    """Serve the library to MCP clients, such as Claude Desktop.

    Example:
        $ assistant mcp --library ~/papers --read-only
        $ assistant mcp --transport http --port 8001
    """
    settings = settings_from(changes, model, endpoint)
    explicit = names_of_changes(changes, model, endpoint)
    if transport is Transport.STDIO:
        from assistant.server.mcp.stdio import serve_stdio

        folder = folder_from(library).expanduser()
        serve_stdio(folder, settings, read_only=read_only, explicit=explicit)
        end_process()
    from assistant.server.launch import serve as serve_library
    from assistant.server.options import ServerOptions
    from assistant.web.serving.tls import tls_from

    options = ServerOptions(
        host=host,
        port=port,
        page=False,
        read_only=read_only,
        allow_origins=tuple(allow_origin or ()),
        allow_hosts=tuple(allow_host or ()),
        tls=tls_from(tls_cert, tls_key),
    )
    serve_library(folder_from(library), settings, options, explicit=explicit)
    end_process()
