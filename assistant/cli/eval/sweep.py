"""``assistant eval sweep``: compare settings."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import print_outcomes, question_progress
from assistant.cli.terminal.open import check_model
from assistant.cli.terminal.options import JsonOption
from assistant.cli.terminal.output import print_json, print_note


def sweep(
    file: Annotated[Path, typer.Argument(metavar="SWEEP", help="A TOML file of settings to try.")],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the answers and the report.")
    ] = Path("sweep"),
    as_json: JsonOption = False,
) -> None:
    """Ask the same questions under many settings, and mark the Pareto-optimal ones.

    Example:
        $ assistant eval sweep sweep.toml --out sweep/
    """
    from assistant.evaluation.report import write_sweep
    from assistant.evaluation.sweep import load_sweep, run_sweep

    loaded = load_sweep(file)
    for settings in loaded.variants.values():
        check_model(settings)
    with question_progress() as on_progress:
        outcomes = run_sweep(loaded, out, on_progress=on_progress)
    page = write_sweep(outcomes, out)
    if as_json:
        print_json([outcome.to_dict() for outcome in outcomes])
    else:
        print_outcomes(outcomes)
    print_note(f"Sweep: {page}")
