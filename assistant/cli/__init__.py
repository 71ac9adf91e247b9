"""The command line: a thin skin over the Python API, a file a command or a group of commands.

What is heavy to import is imported by the command that needs it: ``assistant --help`` is instant.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import add, ask, chat, models, search, table, watch
from assistant.cli.doctor import app as doctor
from assistant.cli.eval import app as evaluation
from assistant.cli.papers import app as papers
from assistant.cli.terminal import output
from assistant.errors import AssistantError

_CANNOT_GO_ON = 2
_OUTPUT_CLOSED = 1
_INTERRUPTED = 130
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # A traceback is for a bug report: plain, and without the values of variables.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(ask.ask)
app.command()(search.search)
app.command()(table.table)
app.command()(chat.chat)
app.command()(add.add)
app.add_typer(watch.app, name="watch")
app.add_typer(papers.app, name="papers")
app.add_typer(models.app, name="models")
app.add_typer(evaluation.app, name="eval")
app.command()(doctor.doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: those of the command line; by default those of this process.

    Returns:
        0 if all went well, 2 with a sentence on standard error for what the user can put right,
        130 after Ctrl-C.
    """
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except AssistantError as error:
        output.print_error(str(error))
        return _CANNOT_GO_ON
    except BrokenPipeError:  # `assistant papers list | head`
        _drop_output()
        return _OUTPUT_CLOSED
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        _drop_output()
        output.print_error("The disk is full. Free some space and run the command again.")
        return _CANNOT_GO_ON
    if code == _INTERRUPTED:
        output.print_note("Stopped.")
    return code


def _run(arguments: Sequence[str] | None) -> int:
    """Run the app, which ends by SystemExit whatever happens but for an error of ours."""
    try:
        app(arguments, prog_name="assistant")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def _drop_output() -> None:
    """Discard what is still to be written: else Python tries again, and complains, as it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _print_version(wanted: bool) -> None:
    if wanted:
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
    """Ask a pile of paper abstracts questions in plain words; get cited, checked answers.

    Example:
        $ assistant models pull
        $ assistant add search-page.txt
        $ assistant ask "Which papers report results on GSM8K?"
    """
