"""``assistant eval run``: answer a question set and measure the answers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.options import JudgeOption, LimitOption, QuestionSetOption
from assistant.cli.eval.output import print_metrics, progress_bars, question_progress
from assistant.cli.eval.report import grade_answers, write_run_report
from assistant.cli.terminal.open import check_model, open_assistant
from assistant.cli.terminal.options import (
    EndpointOption,
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_json
from assistant.errors import InputError


class VerdictChoice(StrEnum):
    """Which abstracts the library holds for verdict questions."""

    READING = "reading"
    END_TO_END = "end-to-end"


def run(
    questions: QuestionSetOption = "sample",
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The file for the answers, as JSON Lines.")
    ] = Path("predictions.jsonl"),
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also write a report into this folder.")
    ] = None,
    limit: LimitOption = None,
    kinds: Annotated[
        str, typer.Option(metavar="A,B", help="Ask only questions of these kinds.")
    ] = "",
    setting: Annotated[
        VerdictChoice,
        typer.Option(
            help="For verdict sets: provide only the right abstract, or those of the whole set."
        ),
    ] = VerdictChoice.END_TO_END,
    standalone: Annotated[
        bool,
        typer.Option("--standalone", help="Ask follow-ups in their standalone form."),
    ] = False,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    judge: JudgeOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Discard the answers that are already in the file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Answer all questions of a set and measure the answers. An interrupted run resumes.

    Example:
        $ assistant eval run --questions sample --out predictions.jsonl --report report/
    """
    settings = settings_from(changes, model, endpoint)
    check_model(settings)
    from assistant.evaluation import (
        abstracts_of,
        evaluate,
        evaluate_verdicts,
        load_questions,
        question_name,
        select,
    )

    all_questions = load_questions(questions)
    if standalone and not any(question.standalone for question in all_questions):
        raise InputError(f"The question set {questions} has no follow-ups: leave out --standalone.")
    selected = select(all_questions, kinds=_split(kinds), limit=limit)
    name = question_name(questions)
    if abstracts := abstracts_of(all_questions):
        with question_progress() as on_progress:
            completed = evaluate_verdicts(
                selected,
                settings,
                setting.value,
                abstracts=abstracts,
                name=name,
                out=out,
                restart=restart,
                on_progress=on_progress,
            )
    else:
        with open_assistant(library, settings) as assistant, progress_bars() as new_bar:
            completed = evaluate(
                assistant,
                selected,
                name=name,
                standalone=standalone,
                out=out,
                restart=restart,
                on_reading=new_bar("Reading papers"),
                on_progress=new_bar("Answering"),
            )
    judge_result = grade_answers(completed, out, judge)
    if report:
        write_run_report(completed, report, judge_result)
    if as_json:
        print_json(completed.metrics.to_dict())
    else:
        print_metrics(completed.metrics, judge_result)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
