"""``assistant doctor``: what is in place on this machine, and what to do about the rest."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    folder_from,
    settings_from,
)
from assistant.cli.terminal.output import output, print_json


def doctor(
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
    tune: Annotated[
        bool,
        typer.Option("--tune", help="Measure for some minutes how the model runs fastest here."),
    ] = False,
) -> None:
    """Check this machine, the models and the library.

    The exit code is 1 if there is a problem. What --tune finds is used from then on.

    Example:
        $ assistant doctor
        OK       Python    3.11.2
        OK       memory    14.2 GB available
        problem  model     The model qwen2.5-coder-1.5b-instruct is not here, or not whole. ...
    """
    from rich.text import Text

    from assistant.cli.doctor.checks import run_checks

    settings = settings_from(changes, model)
    if tune:
        from assistant.cli.doctor.tune import tune_machine

        tune_machine(settings, as_json=as_json)
        return
    checks = run_checks(folder_from(library), settings)
    healthy = all(check.ok for check in checks)
    if as_json:
        print_json({"ok": healthy, "checks": [asdict(check) for check in checks]})
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            verdict = ("OK       ", "green") if check.ok else ("problem  ", "bold red")
            output().print(Text.assemble(verdict, f"{check.name:<{width}}  {check.detail}"))
    if not healthy:
        raise typer.Exit(1)
