"""``assistant eval power``: how many questions a difference needs."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.options import PredictionsArgument, QuestionsOverrideOption
from assistant.cli.eval.output import print_power
from assistant.cli.terminal.options import JsonOption
from assistant.cli.terminal.output import print_json

_DIFFERENCES = (0.1, 0.05, 0.03, 0.02, 0.01)


def power(
    predictions: PredictionsArgument,
    other: Annotated[
        Path | None,
        typer.Argument(metavar="[OTHER]", help="The predictions of another run of the same set."),
    ] = None,
    difference: Annotated[
        list[float] | None,
        typer.Option(
            min=1e-4, metavar="D", help="A difference to find, such as 0.02. Can be repeated."
        ),
    ] = None,
    metric: Annotated[
        str, typer.Option(metavar="METRIC", help="The metric that differs.")
    ] = "answer_score",
    power: Annotated[
        float,
        typer.Option(min=0.5, max=0.999, metavar="P", help="The probability to find it."),
    ] = 0.8,
    questions: QuestionsOverrideOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how many questions it takes to find a difference between two systems.

    How much answers differ is taken from two runs. With one run, it is taken as twice the variance
    of its values, as if the other system were unrelated: an upper bound.

    Example:
        $ assistant eval power before.jsonl after.jsonl --difference 0.02
    """
    from assistant.evaluation import Run
    from assistant.evaluation.comparison.power import (
        detectable_difference,
        questions_needed,
        variation_between,
        variation_of,
    )

    run = Run.load(predictions, questions)
    variation = (
        variation_between(run, Run.load(other, questions), metric)
        if other
        else variation_of(run, metric)
    )
    needed = {size: questions_needed(variation, size, power) for size in difference or _DIFFERENCES}
    found = detectable_difference(variation, variation.n, power)
    if as_json:
        print_json(
            {
                "metric": metric,
                "power": power,
                "n": variation.n,
                "observed": variation.observed,
                "detectable": found,
                "questions_needed": {str(size): n for size, n in needed.items()},
            }
        )
    else:
        print_power(variation, needed, found, power)
