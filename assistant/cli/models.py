"""The command line of the models room: ``assistant models list | pull | remove``."""

import json
from typing import Annotated

import typer

from assistant import models
from assistant.models import ModelStatus, PullProgress
from assistant.settings import Settings

app = typer.Typer(help="See, get and delete models.", no_args_is_help=True)


@app.command("list")
def list_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the models that can be pulled, and which of them are here.

    Example: assistant models list --json
    """
    statuses = models.list_models()
    if as_json:
        typer.echo(json.dumps([_as_dict(status) for status in statuses], indent=2))
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


@app.command()
def pull(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Registry names or hf:owner/repo/file.gguf.", show_default=False),
    ] = None,
) -> None:
    """Get models, verified; without a name, those that the assistant needs.

    An interrupted pull goes on where it stopped.

    Example: assistant models pull qwen2.5-coder-0.5b-instruct
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

    defaults = Settings()
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        for name in names or [defaults.model, defaults.embedder]:
            task = bar.add_task(name, total=None)

            def show(progress: PullProgress, task: TaskID = task) -> None:
                if progress.note:
                    bar.console.print(progress.note, style="yellow", markup=False)
                if progress.bytes_total:
                    bar.update(task, completed=progress.bytes_done, total=progress.bytes_total)

            path = models.pull(name, show)
            bar.update(task, total=1, completed=1, visible=False)
            bar.console.print(f"{name} is here: {path}", markup=False, soft_wrap=True)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="A registry name or an hf: reference.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a model from the cache.

    Example: assistant models remove qwen2.5-coder-0.5b-instruct --yes
    """
    if not yes:
        typer.confirm(f"Delete {name}?", abort=True)
    freed = models.remove(name)
    typer.echo(f"Removed {name}; {freed:,} bytes are free again." if freed else "It was not here.")


def _as_dict(status: ModelStatus) -> dict[str, str | int | bool]:
    entry = status.entry
    return {
        "name": entry.name,
        "kind": entry.kind,
        "description": entry.description,
        "licence": entry.licence,
        "bytes": entry.bytes,
        "present": status.present,
        "path": str(status.path),
        "bytes_on_disk": status.bytes_on_disk,
    }
