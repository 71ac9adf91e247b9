"""``assistant models list | pull | remove``: manage the models on this machine."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.terminal.completion import complete_model
from assistant.cli.terminal.options import JsonOption
from assistant.cli.terminal.output import print_json
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.models import ModelStatus, PullProgress, Suggestion

app = typer.Typer(help="List, download and remove models.", no_args_is_help=True)


@app.command("list")
def list_command(as_json: JsonOption = False) -> None:
    """List the models of the registry, and which of them are on this machine.

    Larger models follow that were not tried with the assistant. They are pulled by reference.

    Example:
        $ assistant models list
        model                        size      here  licence     what it is
        qwen2.5-coder-1.5b-instruct  1.1 GB    yes   Apache-2.0  ...
    """
    from assistant import models

    statuses = models.list_models()
    listed = {status.entry.name for status in statuses}
    offered = [one for one in models.load_suggestions() if one.reference not in listed]
    if as_json:
        print_json([*map(_as_dict, statuses), *map(_offered_as_dict, offered)])
        return
    from rich.console import Console
    from rich.filesize import decimal
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None)
    for heading in ("model", "size", "here", "licence"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what it is")
    for status in statuses:
        entry = status.entry
        here = "yes" if status.present else "no"
        if not status.present and status.bytes_on_disk:
            here = f"{decimal(status.bytes_on_disk)} of it"
        row = (entry.name, decimal(entry.bytes), here, entry.licence, entry.description)
        table.add_row(*(escape(cell) for cell in row))
    Console().print(table)
    if offered:
        _print_offered(offered)


@app.command()
def pull(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Registry names or hf:owner/repo/file.gguf.",
            show_default=False,
            autocompletion=complete_model,
        ),
    ] = None,
) -> None:
    """Download models and verify them; by default the ones that the assistant needs.

    An interrupted download resumes.

    Example:
        $ assistant models pull qwen2.5-coder-0.5b-instruct
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    from assistant import models

    defaults = Settings()
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        for name in names or [defaults.model, defaults.embedder]:
            task = bar.add_task(name, total=None)

            def show(progress: "PullProgress", task: TaskID = task) -> None:
                if progress.note:
                    bar.console.print(progress.note, style="yellow", markup=False)
                if progress.bytes_total:
                    bar.update(task, completed=progress.bytes_done, total=progress.bytes_total)

            path = models.pull(name, show)
            bar.update(task, total=1, completed=1, visible=False)
            bar.console.print(f"{name} is here: {path}", markup=False, soft_wrap=True)


@app.command()
def remove(
    name: Annotated[
        str,
        typer.Argument(help="A registry name or an hf: reference.", autocompletion=complete_model),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> None:
    """Delete a model from the cache.

    Example:
        $ assistant models remove qwen2.5-coder-0.5b-instruct --yes
        Removed qwen2.5-coder-0.5b-instruct; 491,400,064 bytes are free again.
    """
    from assistant import models

    if not yes:
        typer.confirm(f"Delete {name}?", abort=True)
    freed = models.remove(name)
    if freed:
        typer.echo(f"Removed {name}; {freed:,} bytes are free again.")
    else:
        typer.echo(f"{name} is not on this machine.")


def _print_offered(offered: "Sequence[Suggestion]") -> None:
    from rich.filesize import decimal

    typer.echo("\nNot tried on this machine; pull one by its reference:\n")
    for one in offered:
        typer.echo(f" {one.description}: {decimal(one.bytes)}, {decimal(one.memory)} of memory,")
        typer.echo(f"   {one.licence}\n   {one.reference}")
    typer.echo(
        "\nAfterwards, let it learn when to abstain: assistant eval calibrate --model REFERENCE.\n"
        "That takes a quarter of an hour for the default model, and longer for a larger one."
    )


def _offered_as_dict(one: "Suggestion") -> dict[str, str | int | bool]:
    return {
        "name": one.reference,
        "kind": "gguf",
        "description": one.description,
        "licence": one.licence,
        "bytes": one.bytes,
        "memory": one.memory,
        "tried": False,
        "present": False,
        "path": "",
        "bytes_on_disk": 0,
    }


def _as_dict(status: "ModelStatus") -> dict[str, str | int | bool]:
    from assistant.models import MEMORY_BESIDE_MODEL

    entry = status.entry
    return {
        "name": entry.name,
        "kind": entry.kind,
        "description": entry.description,
        "licence": entry.licence,
        "bytes": entry.bytes,
        "memory": entry.bytes + MEMORY_BESIDE_MODEL if entry.kind == "gguf" else 0,
        "tried": not entry.name.startswith("hf:"),
        "present": status.present,
        "path": str(status.path),
        "bytes_on_disk": status.bytes_on_disk,
    }
