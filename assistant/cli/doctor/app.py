"""``assistant doctor``: check this machine, the models and the library."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.terminal.options import (
    EndpointOption,
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    folder_from,
    settings_from,
)
from assistant.cli.terminal.output import print_json, stdout_console


def doctor(
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
    tune: Annotated[
        bool,
        typer.Option(
            "--tune", help="Find the fastest engine options for this machine; takes some minutes."
        ),
    ] = False,
) -> None:
    """Check this machine, the models and the library.

    The exit code is 1 if there is a problem. The options found by --tune are used from then on.

    Example:
        $ assistant doctor
        OK       Python    3.11.2
        OK       memory    14.2 GB available
        problem  model     The model qwen2.5-coder-1.5b-instruct is not on this machine. ...
    """
    from rich.text import Text

    from assistant.cli.doctor.checks import run_checks

    settings = settings_from(changes, model, endpoint)
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
            status = ("OK       ", "green") if check.ok else ("problem  ", "bold red")
            stdout_console().print(Text.assemble(status, f"{check.name:<{width}}  {check.detail}"))
    if not healthy:
        raise typer.Exit(1)
