"""The command line: a thin layer over the Python API, with a module for each command or group.

Commands import slow modules when they run, to keep ``assistant --help`` fast.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant import __version__
from assistant.atomic_write import is_disk_full
from assistant.cli import (
    add,
    answers,
    ask,
    backup,
    chat,
    keys,
    models,
    results,
    search,
    serve,
    table,
    users,
    watch,
)
from assistant.cli.doctor import app as doctor
from assistant.cli.eval import app as evaluation
from assistant.cli.papers import app as papers
from assistant.cli.terminal import output
from assistant.cli.terminal.standard_streams import open_missing_streams
from assistant.cli.terminal.stopping import stopping_on_sigterm
from assistant.errors import AssistantError

# Exit codes.
_OUTPUT_CLOSED = 1
_USER_ERROR = 2
_INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    # Plain tracebacks, without the values of variables, for bug reports.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(ask.ask)
app.command()(search.search)
app.command()(table.table)
app.command()(results.results)
app.command()(chat.chat)
app.add_typer(answers.app, name="answers")
app.command()(serve.serve)
app.command()(serve.mcp)
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.command()(add.add)
app.add_typer(watch.app, name="watch")
app.add_typer(papers.app, name="papers")
app.add_typer(models.app, name="models")
app.add_typer(evaluation.app, name="eval")
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(backup.rescue)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        arguments: the command line arguments; by default those of this process.

    Returns:
        0 for success, 1 for a negative result or a closed output, 2 with a message on standard
        error for an error that the user can fix, 130 after Ctrl-C, 0 after SIGTERM.
    """
    open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not the case in tests
            stream.reconfigure(errors="backslashreplace")
    try:
        with stopping_on_sigterm() as stop:
            code = _run(sys.argv[1:] if arguments is None else arguments)
            sys.stdout.flush()
    except KeyboardInterrupt:
        if not stop.requested:
            raise
    except AssistantError as error:
        output.print_error(str(error))
        return _USER_ERROR
    except BrokenPipeError:  # `assistant papers list | head`
        _drop_output()
        return _OUTPUT_CLOSED
    except OSError as error:
        if not is_disk_full(error):
            raise
        _drop_output()
        output.print_error("The disk is full. Free some space and run the command again.")
        return _USER_ERROR
    if stop.requested:
        output.print_note("Stopped. What was done is saved; the same command does the rest.")
        return 0
    if code == _INTERRUPTED:
        output.print_note("Stopped.")
    return code


def _run(arguments: Sequence[str]) -> int:
    """Run the Typer app, which raises SystemExit even on success; return the exit code."""
    try:
        app([_as_text(argument) for argument in arguments], prog_name="assistant")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0
    return 0


def _as_text(argument: str) -> str:
    """Return an argument with ``?`` for bytes that are not text, unless it names a file.

    The file need not exist, but its folder does.
    """
    path = argument.rpartition("=")[2] if argument.startswith("-") else argument
    if os.path.lexists(path) or (os.sep in path and Path(path).parent.exists()):
        return argument
    return argument.encode("utf-8", "replace").decode("utf-8")


def _drop_output() -> None:
    """Redirect standard output to the null device.

    Python flushes it at exit, which would fail and print an error a second time.
    """
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback()
def _assistant(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Ask questions about a collection of paper abstracts; get cited, checked answers.

    Example:
        $ assistant models pull
        $ assistant add search-page.txt
        $ assistant ask "Which papers report results on GSM8K?"
    """
