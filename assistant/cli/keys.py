"""``assistant keys add | list | remove``: the API keys of `assistant serve`."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.terminal.options import JsonOption, LibraryOption, folder_from
from assistant.cli.terminal.output import print_json, print_note

app = typer.Typer(
    help="Make and remove the API keys of `assistant serve`. With a key, all requests need one.",
    no_args_is_help=True,
)

_NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Who or what the key is for, such as open-webui.")
]


@app.command()
def add(name: _NameArgument, library: LibraryOption = None) -> None:
    """Make a key and print it. It is not shown again: only its hash is stored.

    Example:
        $ assistant keys add open-webui
        pa-XDhBTtBAuD2oSzf5EAZEmoeG8i6Ku4nk3ZrHvPzGtKU
    """
    from assistant.server.access.keys import add_key

    typer.echo(add_key(folder_from(library), name))
    print_note("From now on all requests to `assistant serve` need a key.")


@app.command("list")
def list_command(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the names of the keys.

    Example:
        $ assistant keys list
        open-webui  2026-11-24T08:00:00+00:00
    """
    from assistant.server.access.keys import list_keys

    keys = list_keys(folder_from(library))
    if as_json:
        print_json([asdict(key) for key in keys])
        return
    width = max((len(key.name) for key in keys), default=0)
    for key in keys:
        typer.echo(f"{key.name:<{width}}  {key.created}")


@app.command()
def remove(name: _NameArgument, library: LibraryOption = None) -> None:
    """Remove a key; a running server refuses it from now on.

    Example:
        $ assistant keys remove open-webui
        open-webui removed
    """
    from assistant.server.access.keys import list_keys, remove_key

    folder = folder_from(library)
    remove_key(folder, name)
    typer.echo(f"{name} removed")
    if not list_keys(folder):
        typer.echo(
            "No key is left. A running server refuses all requests; one that is started now "
            "answers programs on this machine without a key.",
            err=True,
        )
