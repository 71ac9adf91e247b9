"""``assistant eval generate``: a question set about the user's own papers."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import question_progress
from assistant.cli.terminal.open import check_model, open_assistant
from assistant.cli.terminal.options import LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.terminal.output import print_note


def generate(
    questions: Annotated[
        int, typer.Option("--questions", min=1, metavar="N", help="The number of questions.")
    ] = 60,
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The file for the questions, as JSON Lines.")
    ] = Path("generated.jsonl"),
    model: ModelOption = None,
    changes: SetOption = None,
) -> None:
    """Write a question set about the papers of a library. An interrupted command resumes.

    The model writes questions about numbers and names of the abstracts, and questions that the
    abstracts leave open, and keeps those that stand a test.

    Example:
        $ assistant eval generate --questions 60 --out mine.jsonl
        $ assistant eval run --questions mine.jsonl
    """
    settings = settings_from(changes, model)
    check_model(settings)
    from assistant.evaluation.generation.generate import generate_questions, tried_path

    with open_assistant(library, settings) as assistant, question_progress("Writing") as progress:
        generated = generate_questions(assistant, questions, out=out, on_progress=progress)
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in generated.outcomes.items())
    print_note(f"{generated.kept} questions in {out}.")
    print_note(f"Written: {outcomes or 'none'}. All of them are in {tried_path(out)}.")
