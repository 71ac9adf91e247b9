"""``assistant eval floor``: check a run against thresholds."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.options import PredictionsArgument
from assistant.cli.terminal.output import print_note


def floor(
    predictions: PredictionsArgument,
    thresholds: Annotated[
        Path, typer.Argument(metavar="THRESHOLDS", help="A TOML file of metrics and their bounds.")
    ],
) -> None:
    """Print the metrics of a run that are outside their bounds; exit with 1 if there are any.

    Example:
        $ assistant eval floor predictions.jsonl eval/baselines/sample-slice.toml
        All within bounds: answer_score, citation_precision, groundedness.
    """
    from assistant.evaluation import Run
    from assistant.evaluation.plans.thresholds import load_thresholds, violations

    bounds = load_thresholds(thresholds)
    violated = violations(Run.load(predictions), bounds)
    for violation in violated:
        typer.echo(violation)
    if violated:
        raise typer.Exit(1)
    print_note(f"All within bounds: {', '.join(bounds.names)}.")
