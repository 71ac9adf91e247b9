"""``assistant chat``: serve the chat page."""

from typing import Annotated

import typer

from assistant.cli.terminal.options import (
    LibraryOption,
    ModelOption,
    SetOption,
    folder_from,
    names_of_changes,
    settings_from,
)


def chat(
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=1, max=65535, help="The port to listen on.")
    ] = 7860,
    auth: Annotated[
        list[str] | None,
        typer.Option(
            "--auth",
            metavar="NAME:PASSWORD",
            envvar="ASSISTANT_CHAT_AUTH",
            show_envvar=True,
            help="Require a login. Repeat it for several users, each with separate conversations.",
        ),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = False,
) -> None:
    """Serve the chat page until Ctrl-C.

    Example:
        $ assistant chat --library ~/papers --port 8000
    """
    settings = settings_from(changes, model)
    from assistant.chat import launch

    launch(
        folder_from(library),
        settings,
        explicit=names_of_changes(changes, model),
        host=host,
        port=port,
        open_browser=open_browser,
        logins=auth or (),
    )
