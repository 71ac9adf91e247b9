"""``assistant eval report``: write the report of a run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.options import JudgeOption, PredictionsArgument, QuestionsOverrideOption
from assistant.cli.eval.output import question_progress
from assistant.cli.terminal.output import print_note

if TYPE_CHECKING:
    from assistant.evaluation import JudgeResult, Run


def report(
    predictions: PredictionsArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the report.")] = Path(
        "report"
    ),
    questions: QuestionsOverrideOption = None,
    judge: JudgeOption = None,
) -> None:
    """Write the report of a run: report.html, report.md and metrics.json.

    Example:
        $ assistant eval report predictions.jsonl --out report/
    """
    from assistant.evaluation import Run

    run = Run.load(predictions, questions)
    write_run_report(run, out, grade_answers(run, predictions, judge))


def grade_answers(run: "Run", predictions: Path, judge: str | None) -> "JudgeResult | None":
    """Grade the answers of a run with a judge; return None if none is named."""
    if judge is None:
        return None
    from assistant.evaluation import judge_run

    with question_progress("Judging") as on_progress:
        return judge_run(run, judge, predictions=predictions, on_progress=on_progress)


def write_run_report(run: "Run", folder: Path, judge_result: "JudgeResult | None") -> None:
    """Write the report of a run and print the path of its page."""
    from assistant.evaluation.report import write_report

    print_note(f"Report: {write_report(run, folder, judge_result)}")
