"""``assistant eval results``: execute a plan and write its results page."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import progress_bars
from assistant.cli.terminal.open import check_model
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError


def results(
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A TOML file of the runs to publish.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the answers of each run.")
    ] = Path("results"),
    markdown: Annotated[
        Path, typer.Option(metavar="FILE", help="The file for the results page.")
    ] = Path("RESULTS.md"),
    append: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Markdown to append to the page. Can be repeated."),
    ] = None,
) -> None:
    """Execute the runs of a plan and write their metrics to one page. An interrupted plan resumes.

    Example:
        $ assistant eval results eval/results.toml --out build/results --markdown eval/RESULTS.md
    """
    from assistant.evaluation.plans.plan import load_plan
    from assistant.evaluation.plans.run_plan import run_planned
    from assistant.evaluation.report import write_results

    planned = load_plan(plan)
    appended = [_read(path) for path in append or ()]
    skipped = [run for run in planned if run.missing()]
    for run in skipped:
        print_note(f"{run.name} is skipped: there is no {', '.join(run.missing())}.")
    runs = [run for run in planned if run not in skipped]
    if not runs:
        raise InputError(f"No run of {plan} has its files here. Check the paths in it.")
    for run in runs:
        check_model(run.settings)
    with progress_bars() as new_bar:
        completed = [
            (
                run,
                run_planned(
                    run,
                    out,
                    on_reading=new_bar(f"{run.name}: papers read"),
                    on_progress=new_bar(f"{run.name}: answered"),
                ),
            )
            for run in runs
        ]
    command = ["assistant", "eval", "results", str(plan)]
    command += ["--out", str(out), "--markdown", str(markdown)]
    command += [word for path in append or () for word in ("--append", str(path))]
    write_results(completed, skipped, shlex.join(command), markdown, appended)
    print_note(f"Results: {markdown}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: leave out --append, or create the file first."
        ) from error
