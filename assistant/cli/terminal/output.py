"""Print data to standard output, and everything else to standard error."""

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


def stdout_console() -> "Console":
    """Return a console for standard output that wraps lines in a terminal only."""
    from rich.console import Console

    return Console(highlight=False, markup=False, soft_wrap=not sys.stdout.isatty())


def print_json(data: Any) -> None:
    """Print data as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_answer(answer: "Answer") -> None:
    """Print an answer with citation marks and sources, and what the sources do not contain."""
    from rich.text import Text

    text = Text(str(answer))
    start = text.plain.index(answer.text) if answer.corrections else 0
    text.stylize("bold", start, start + len(answer.text))
    if answer.missing:
        text.append(f"\n\nNot found in the cited abstracts: {', '.join(answer.missing)}.", "yellow")
    stdout_console().print(text)


def print_error(message: str) -> None:
    """Print an error message on standard error."""
    _print_to_stderr("Error: ", "bold red", message)


def print_note(message: str) -> None:
    """Print a message that is not part of the data, on standard error."""
    _print_to_stderr("", "", message)


def _print_to_stderr(label: str, style: str, message: str) -> None:
    from rich.console import Console
    from rich.text import Text

    # Rich must not break lines within a message, so that logs can be searched for it.
    Console(stderr=True, soft_wrap=True).print(Text.assemble((label, style), message))


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[["PaperProgress"], None]]:
    """Show a progress bar on standard error, if that is a terminal.

    Args:
        label: the text before the bar.

    Yields:
        A function that updates the bar. The bar appears once there are papers to process.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeLeft())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("")

    def update(progress: "PaperProgress") -> None:
        if progress.total:
            bar.start()
        bar.update(task, completed=progress.done, total=progress.total)

    try:
        yield update
    finally:
        bar.stop()
