"""Run the commands of this folder."""

from collections.abc import Callable

import typer

from assistant.cli.terminal.output import print_error
from assistant.errors import AssistantError

_USER_ERROR = 2


def run(command: Callable[..., None]) -> int:
    """Run a command and return its exit code: 2 with a message for an error the user can fix."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(command)
    try:
        app()
    except AssistantError as error:
        print_error(str(error))
        return _USER_ERROR
    return 0
