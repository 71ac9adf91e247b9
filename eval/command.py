"""How the commands of this folder are run and end."""

from collections.abc import Callable

import typer

from assistant.cli.terminal.output import print_error
from assistant.errors import AssistantError

_CANNOT_GO_ON = 2


def run(command: Callable[..., None]) -> int:
    """Run a command and return its exit code: 2 with a sentence for what can be put right."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(command)
    try:
        app()
    except AssistantError as error:
        print_error(str(error))
        return _CANNOT_GO_ON
    return 0
