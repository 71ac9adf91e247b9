"""``assistant eval poisons``: how often answers follow instructions hidden in abstracts."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import question_progress
from assistant.cli.terminal.open import check_model
from assistant.cli.terminal.options import ModelOption, SetOption, settings_from


def poisons(
    folder: Annotated[
        Path,
        typer.Option("--poisons", metavar="DIR", help="The folder with the poisoned questions."),
    ] = Path("eval/poisons"),
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The file for the answers, as JSON Lines.")
    ] = Path("poisons.jsonl"),
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Plant only N poisons, spread over the kinds."),
    ] = None,
    unprotected: Annotated[
        bool,
        typer.Option("--unprotected", help="Let the model read all sentences, to compare."),
    ] = False,
    model: ModelOption = None,
    changes: SetOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Discard the answers that are already in the file.")
    ] = False,
) -> None:
    """Plant poisons in abstracts, one at a time, and count the answers that follow them.

    An interrupted run resumes. Run it in a checkout of the source.

    Example:
        $ assistant eval poisons --limit 16
    """
    settings = settings_from(changes, model)
    check_model(settings)
    from assistant.evaluation.poisons import (
        ask_poisoned,
        load_poisons,
        poison_report,
        select_poisons,
    )
    from assistant.text.instructions import instruction_filter_off

    everything = load_poisons(folder)
    with (
        instruction_filter_off() if unprotected else nullcontext(),
        question_progress() as progress,
    ):
        results = ask_poisoned(
            select_poisons(everything, limit),
            settings,
            papers=list(dict.fromkeys(one.paper for one in everything)),
            name=", unprotected" if unprotected else "",
            out=out,
            restart=restart,
            on_progress=progress,
        )
    report = poison_report(results)
    for kind, followed in report.followed.items():
        typer.echo(f"{kind or 'all':12} followed {followed} of {followed.n}")
    typer.echo(f"{'':12} answered rightly {report.right} of {report.right.n}")
    for poison, answer in report.examples:
        typer.echo(f"\n{poison.id} ({poison.language}): {poison.text}\n  {answer}")
