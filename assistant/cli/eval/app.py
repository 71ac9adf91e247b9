"""``assistant eval``: measure the answers, compare two runs, write a report, sweep settings."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.feedback import feedback
from assistant.cli.eval.output import (
    answering,
    bars,
    print_comparison,
    print_metrics,
    print_outcomes,
)
from assistant.cli.eval.publish import calibrate, floor, results
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_json, print_note
from assistant.errors import InputError
from assistant.models import locate

if TYPE_CHECKING:
    from assistant.evaluation import Judged, Run

app = typer.Typer(
    help="Measure how good the answers are, and whether a change helped.", no_args_is_help=True
)

QuestionsOption = Annotated[
    str | None,
    typer.Option(
        "--questions", metavar="FILE", help="The question set, if it is not where it was."
    ),
]
JudgeOption = Annotated[
    str | None,
    typer.Option(
        "--judge", metavar="MODEL", help="Have a model grade the answers: its name, or URL#NAME."
    ),
]
PredictionsArgument = Annotated[
    Path, typer.Argument(metavar="PREDICTIONS", help="What `assistant eval run` wrote.")
]


class VerdictChoice(StrEnum):
    """How verdict questions are put."""

    READING = "reading"
    END_TO_END = "end-to-end"


@app.command()
def run(
    questions: Annotated[
        str, typer.Option(metavar="FILE", help="A JSON Lines file, or the name of a shipped set.")
    ] = "sample",
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where the answers go, one JSON object a line.")
    ] = Path("predictions.jsonl"),
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write a report into this folder too.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Ask only N questions, the kinds in turn."),
    ] = None,
    kinds: Annotated[
        str, typer.Option(metavar="A,B", help="Ask only questions of these kinds.")
    ] = "",
    setting: Annotated[
        VerdictChoice,
        typer.Option(help="For verdict sets: give the abstract, or have it found among all."),
    ] = VerdictChoice.END_TO_END,
    standalone: Annotated[
        bool,
        typer.Option("--standalone", help="Ask follow-ups as one would without a conversation."),
    ] = False,
    model: ModelOption = None,
    changes: SetOption = None,
    judge: JudgeOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew, whatever answers are in the file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask all questions of a set and measure the answers; a run that was cut goes on.

    Example:
        $ assistant eval run --questions sample --out predictions.jsonl --report report/
    """
    settings = settings_from(changes, model)
    locate(settings.model)  # a model that is not here is told before anything is read
    from assistant.evaluation import (
        abstracts_of,
        evaluate,
        evaluate_verdicts,
        load_questions,
        question_name,
        select,
    )

    known = load_questions(questions)
    if standalone and not any(question.standalone for question in known):
        raise InputError(f"The question set {questions} has no follow-ups: leave out --standalone.")
    asked = select(known, kinds=_names(kinds), limit=limit)
    name = question_name(questions)
    if abstracts := abstracts_of(known):
        with answering() as on_progress:
            done = evaluate_verdicts(
                asked,
                settings,
                setting.value,
                abstracts=abstracts,
                name=name,
                out=out,
                restart=restart,
                on_progress=on_progress,
            )
    else:
        with open_assistant(library, settings) as assistant, bars() as bar:
            done = evaluate(
                assistant,
                asked,
                name=name,
                standalone=standalone,
                out=out,
                restart=restart,
                on_reading=bar("Reading the papers"),
                on_progress=bar("Answering"),
            )
    judged = _judged(done, out, judge)
    if report:
        _write_report(done, report, judged)
    if as_json:
        print_json(done.metrics.to_dict())
    else:
        print_metrics(done.metrics, judged)


@app.command()
def report(
    predictions: PredictionsArgument,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder that the report is written into.")
    ] = Path("report"),
    questions: QuestionsOption = None,
    judge: JudgeOption = None,
) -> None:
    """Write the report of a run: report.html, report.md and metrics.json.

    Example:
        $ assistant eval report predictions.jsonl --out report/
    """
    from assistant.evaluation import Run

    done = Run.load(predictions, questions)
    _write_report(done, out, _judged(done, predictions, judge))


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The predictions to start from.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Those to compare with them.")],
    questions: QuestionsOption = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="METRIC",
            help="Exit with 1 if B is significantly worse on it, such as answer_score. "
            "May be given many times.",
        ),
    ] = None,
    show: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show so many of the questions that changed.")
    ] = 10,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs of one question set: what changed, by how much, and is it chance.

    Example:
        $ assistant eval compare before.jsonl after.jsonl --fail-on answer_score
    """
    from assistant.evaluation import METRICS, Run
    from assistant.evaluation import compare as compare_runs

    watched = fail_on or []
    known = [name for name, metric in METRICS.items() if metric.paired]
    if unknown := [name for name in watched if name not in known]:
        raise InputError(f"No metric is called {unknown[0]!r}. Metrics: {', '.join(known)}.")
    found = compare_runs(Run.load(before, questions), Run.load(after, questions))
    if absent := [name for name in watched if name not in found.metrics]:
        raise InputError(
            f"The metric {absent[0]!r} of --fail-on cannot be compared: no question has it in both "
            "runs. Leave it out, or compare runs that have it."
        )
    if as_json:
        print_json(found.to_dict())
    else:
        print_comparison(found, show)
    worse = [name for name in watched if found.metrics[name].worse]
    if worse:
        print_note(f"Significantly worse: {', '.join(worse)}.")
        raise typer.Exit(1)


@app.command()
def sweep(
    file: Annotated[Path, typer.Argument(metavar="SWEEP", help="A TOML file of settings to try.")],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the answers and the table.")
    ] = Path("sweep"),
    as_json: JsonOption = False,
) -> None:
    """Ask the same questions under many settings; show which are worth having.

    Example:
        $ assistant eval sweep sweep.toml --out sweep/
    """
    from assistant.evaluation.report import write_sweep
    from assistant.evaluation.sweep import load_sweep, run_sweep

    tried = load_sweep(file)
    for settings in tried.variants.values():
        locate(settings.model)
    with answering() as on_progress:
        outcomes = run_sweep(tried, out, on_progress=on_progress)
    page = write_sweep(outcomes, out)
    if as_json:
        print_json([outcome.to_dict() for outcome in outcomes])
    else:
        print_outcomes(outcomes)
    print_note(f"Sweep: {page}")


app.command()(results)
app.command()(floor)
app.command()(calibrate)
app.command()(feedback)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _judged(done: "Run", predictions: Path, judge: str | None) -> "Judged | None":
    """Have the answers of a run graded, if a judge is named."""
    if judge is None:
        return None
    from assistant.evaluation import judge_run

    with answering("Judging") as on_progress:
        return judge_run(done, judge, beside=predictions, on_progress=on_progress)


def _write_report(done: "Run", folder: Path, judged: "Judged | None") -> None:
    from assistant.evaluation.report import write_report

    print_note(f"Report: {write_report(done, folder, judged)}")
