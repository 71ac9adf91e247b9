"""Printing: data to standard output, everything else to standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answering import Answer
    from assistant.library import PaperProgress


def output() -> "Console":
    """Return the console of standard output: it wraps lines for a person, never in a pipe."""
    from rich.console import Console

    return Console(highlight=False, markup=False, soft_wrap=not sys.stdout.isatty())


def print_json(data: Any) -> None:
    """Print data as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_answer(answer: "Answer") -> None:
    """Print an answer with its marks, its sources, and what was not found in them."""
    from rich.text import Text

    text = Text(str(answer))
    text.stylize("bold", 0, len(answer.text))
    if answer.missing:
        text.append(f"\n\nNot found in the cited abstracts: {', '.join(answer.missing)}.", "yellow")
    output().print(text)


def print_error(message: str) -> None:
    """Print what went wrong and what to do, on standard error."""
    _print_aside("Error: ", "bold red", message)


def print_note(message: str) -> None:
    """Print a line that is no part of the data, on standard error."""
    _print_aside("", "", message)


def _print_aside(label: str, style: str, message: str) -> None:
    from rich.console import Console
    from rich.text import Text

    # A sentence stays on one line, so that it can be searched for; the terminal wraps it.
    Console(stderr=True, soft_wrap=True).print(Text.assemble((label, style), message))


@contextmanager
def indexing(doing: str = "Indexing papers") -> Iterator[Callable[["PaperProgress"], None]]:
    """Show a bar on standard error while papers are worked on; none if there are none."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeLeft())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("")

    def show(progress: "PaperProgress") -> None:
        if progress.total:
            bar.start()
        bar.update(task, completed=progress.done, total=progress.total)

    try:
        yield show
    finally:
        bar.stop()
