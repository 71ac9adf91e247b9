"""``assistant eval ablate``: measure what each check and each step contributes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.options import LimitOption, QuestionSetOption
from assistant.cli.eval.output import print_ablation, progress_bars
from assistant.cli.terminal.open import check_model, open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_json, print_note


class Part(StrEnum):
    """What is switched off in turn."""

    CHECKS = "checks"
    STEPS = "steps"
    PRESETS = "presets"


def ablate(
    questions: QuestionSetOption = "sample",
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the model's calls and the report.")
    ] = Path("ablation"),
    parts: Annotated[
        list[Part] | None,
        typer.Option("--part", help="What is switched off in turn: default all. Can be repeated."),
    ] = None,
    retrieval: Annotated[
        bool,
        typer.Option(
            "--retrieval", help="Switch steps off and measure only what is found, without a model."
        ),
    ] = False,
    limit: LimitOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question set with each check and step switched off in turn.

    What the model wrote is recorded once, so that a check costs no call to it. An interrupted run
    resumes.

    Example:
        $ assistant eval ablate --questions sample --limit 60 --part checks --out ablation/
    """
    settings = settings_from(changes, model)
    if not retrieval:
        check_model(settings)
    from assistant.evaluation import load_questions, question_name, select
    from assistant.evaluation.ablation.ablate import ablate as run_ablation
    from assistant.evaluation.ablation.ablate import ablate_retrieval
    from assistant.evaluation.ablation.table import write_ablation
    from assistant.evaluation.ablation.variants import retrieval_variants, variants

    selected = select(load_questions(questions), limit=limit)
    with open_assistant(library, settings) as assistant, progress_bars() as new_bar:
        name = question_name(questions)
        if retrieval:
            ablation = ablate_retrieval(
                assistant,
                selected,
                retrieval_variants(),
                name=name,
                on_progress=new_bar("Searching"),
            )
        else:
            ablation = run_ablation(
                assistant,
                selected,
                variants([part.value for part in parts or Part]),
                name=name,
                out=out,
                on_reading=new_bar("Reading papers"),
                on_progress=new_bar("Answering"),
            )
    page = write_ablation(ablation, out)
    if as_json:
        print_json([one.to_dict() for one in ablation.ablated])
    else:
        print_ablation(ablation)
    print_note(f"Calls to the model: {ablation.computed}. Ablation: {page}")
