"""``assistant eval compare``: compare two runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.options import QuestionsOverrideOption
from assistant.cli.eval.output import print_comparison
from assistant.cli.terminal.options import JsonOption
from assistant.cli.terminal.output import print_json, print_note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.evaluation import Run


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The predictions of the first run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The predictions of the second run.")],
    questions: QuestionsOverrideOption = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="METRIC",
            help="Exit with 1 if B is significantly worse in this metric, such as answer_score. "
            "Can be repeated.",
        ),
    ] = None,
    show: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Show up to N of the questions that changed."),
    ] = 10,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs of a question set: what changed, by how much, and how significantly.

    Example:
        $ assistant eval compare before.jsonl after.jsonl --fail-on answer_score
    """
    from assistant.evaluation import METRICS, Run
    from assistant.evaluation import compare as compare_runs

    required = fail_on or []
    comparable = [name for name, metric in METRICS.items() if metric.paired]
    if unknown := [name for name in required if name not in comparable]:
        raise InputError(f"There is no metric {unknown[0]!r}. Metrics: {', '.join(comparable)}.")
    runs = Run.load(before, questions), Run.load(after, questions)
    comparison = compare_runs(*runs)
    if absent := [name for name in required if name not in comparison.metrics]:
        raise InputError(
            f"The metric {absent[0]!r} of --fail-on cannot be compared: no question has a value in "
            "both runs. Leave it out, or compare runs that have it."
        )
    if as_json:
        print_json(comparison.to_dict())
    else:
        print_comparison(comparison, show)
        _print_detectable(*runs)
    worse = [name for name in required if comparison.metrics[name].worse]
    if worse:
        print_note(f"Significantly worse: {', '.join(worse)}.")
        raise typer.Exit(1)


def _print_detectable(before: "Run", after: "Run") -> None:
    """Print the smallest difference that the questions of two runs detect."""
    from assistant.evaluation.comparison.power import (
        POWER,
        detectable_difference,
        variation_between,
    )

    try:
        variation = variation_between(before, after)
    except InputError:  # too few questions to say
        return
    found = detectable_difference(variation, variation.n)
    print_note(
        f"These questions find a difference of {found:.3f} in the answer score with a probability "
        f"of {POWER:g}; `assistant eval power` tells how many a smaller one needs."
    )
