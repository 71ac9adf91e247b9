"""``assistant eval history``: the figures of runs over time."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import print_history
from assistant.cli.terminal.options import JsonOption
from assistant.cli.terminal.output import print_json, print_note


def history(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUNS...",
            help="Predictions, metrics.json files of reports, or folders with any of them.",
        ),
    ],
    figure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIGURE",
            help="A figure of metrics.json, such as answer_score.name or first_token_s_p50; "
            "default: answer_score. Can be repeated.",
        ),
    ] = None,
    commits: Annotated[
        bool,
        typer.Option(
            "--commits", help="RUNS are metrics.json files under Git: show each committed version."
        ),
    ] = False,
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also draw the figures to this file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the figures of runs in the order of time, with the commits of the code.

    Example:
        $ assistant eval history runs/ --figure answer_score --svg history.svg
        $ assistant eval history report/metrics.json --commits
    """
    from assistant.atomic_write import write_atomically
    from assistant.evaluation.comparison.history import (
        check_figures,
        committed_reports,
        runs_over_time,
    )
    from assistant.evaluation.report.history_chart import history_svg

    names = figure or ["answer_score"]
    entries = (
        [entry for path in runs for entry in committed_reports(path)]
        if commits
        else runs_over_time(runs)
    )
    check_figures(names, entries)
    if svg:
        write_atomically(svg, [history_svg(entries, names)], overwrite=force)
    if as_json:
        print_json([entry.to_dict(names) for entry in entries])
    else:
        print_history(entries, names)
    if svg:
        print_note(f"Drawn to {svg}")
