"""``assistant eval fit-instructions``: fit the classifier of instructions in abstracts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.terminal.output import print_note
from assistant.errors import InputError


def fit_instructions(
    poisons: Annotated[
        Path,
        typer.Option(metavar="DIR", help="The folder with poisons.txt and honest.txt."),
    ] = Path("eval/poisons"),
    abstracts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Further abstracts: JSON Lines with a title, and an abstract or text.",
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Write the fitted classifier to this file.")
    ] = Path("models/instructions/model.json"),
) -> None:
    """Fit the classifier that finds instructions in abstracts, and show how it does.

    The figures are of texts that were held out. Run it in a checkout of the source.

    Example:
        $ assistant eval fit-instructions --abstracts corpus.jsonl
    """
    from assistant.evaluation.calibration.instructions import (
        fit_instructions,
        load_own_texts,
        real_texts,
        write_instruction_model,
    )
    from assistant.papers import sample_papers

    real = [(paper.title, paper.abstract) for paper in sample_papers()]
    for file in abstracts or []:
        real += _titles_and_abstracts(file)
    fit = fit_instructions([*load_own_texts(poisons), *real_texts(real)])
    write_instruction_model(fit.model, out)
    print_note(
        f"Taken when held out: {fit.real_taken} of {fit.real} sentences of real abstracts, "
        f"{fit.own_taken} of {fit.own} of ours; found: {fit.recall:.1%} of the instructions."
    )
    for name, recall in (
        *fit.recall_without_kind.items(),
        *fit.recall_without_language.items(),
    ):
        typer.echo(f"{name:12} found when fitted without it: {recall:.1%}")
    typer.echo("\nMost like instructions:")
    for text in fit.taken:
        typer.echo(f"  {text}")
    typer.echo("\nInstructions that are missed:")
    for text in fit.missed:
        typer.echo(f"  {text}")
    print_note(f"{len(fit.model.weights)} n-grams. Written to {out}.")


def _titles_and_abstracts(file: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read as JSON Lines: {error}. Check --abstracts.") from (
            error
        )
    for record in records:
        yield str(record.get("title", "")), str(record.get("abstract") or record.get("text") or "")
