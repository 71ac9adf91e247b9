"""``assistant eval results``, ``floor`` and ``calibrate``: figures published, held, and used."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import answering, bars
from assistant.cli.terminal.options import LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError
from assistant.models import locate


def results(
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A TOML file of the runs to publish.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the answers of each run.")
    ] = Path("results"),
    markdown: Annotated[
        Path, typer.Option(metavar="FILE", help="Where the page of figures goes.")
    ] = Path("RESULTS.md"),
    append: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Markdown to end the page with; may be given more than once."
        ),
    ] = None,
) -> None:
    """Carry out the runs of a plan and write their figures to one page; a cut plan goes on.

    Example:
        $ assistant eval results eval/results.toml --out build/results --markdown eval/RESULTS.md
    """
    from assistant.evaluation.plans.plan import load_plan
    from assistant.evaluation.plans.run_plan import run_planned
    from assistant.evaluation.report import write_results

    planned = load_plan(plan)
    appended = [_text_of(path) for path in append or ()]
    left_out = [run for run in planned if run.missing()]
    for run in left_out:
        print_note(f"{run.name} is left out: there is no {', '.join(run.missing())}.")
    to_do = [run for run in planned if run not in left_out]
    if not to_do:
        raise InputError(f"No run of {plan} has its files here. Check the paths in it.")
    for run in to_do:
        locate(run.settings.model)  # a model that is not here is told before anything is read
    with bars() as bar:
        done = [
            (
                run,
                run_planned(
                    run,
                    out,
                    on_reading=bar(f"{run.name}: papers read"),
                    on_progress=bar(f"{run.name}: answered"),
                ),
            )
            for run in to_do
        ]
    command = ["assistant", "eval", "results", str(plan)]
    command += ["--out", str(out), "--markdown", str(markdown)]
    command += [word for path in append or () for word in ("--append", str(path))]
    write_results(done, left_out, shlex.join(command), markdown, appended)
    print_note(f"Results: {markdown}")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: leave out --append, or make it first.") from error


def floor(
    predictions: Annotated[
        Path, typer.Argument(metavar="PREDICTIONS", help="What `assistant eval run` wrote.")
    ],
    floors: Annotated[
        Path, typer.Argument(metavar="FLOORS", help="A TOML file of figures and their bounds.")
    ],
) -> None:
    """Tell which figures of a run do not keep their bounds; exit with 1 if there are any.

    Example:
        $ assistant eval floor predictions.jsonl eval/baselines/sample-slice.toml
    """
    from assistant.evaluation import Run
    from assistant.evaluation.plans.thresholds import load_floors, misses

    bounds = load_floors(floors)
    missed = misses(Run.load(predictions), bounds)
    for miss in missed:
        typer.echo(miss)
    if missed:
        raise typer.Exit(1)
    print_note(f"All hold: {', '.join(bounds.names)}.")


def calibrate(
    questions: Annotated[
        str, typer.Option(metavar="FILE", help="A JSON Lines file, or the name of a shipped set.")
    ] = "sample",
    library: LibraryOption = None,
    abstracts: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A question set whose abstracts these verdict questions are about, if the library "
            "does not hold them; may be given more than once.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the model's replies are kept; by default calibration.jsonl, of verdict "
            "questions verdicts.jsonl. Those that are there, of other questions and libraries too, "
            "count as well.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the calibration there, in place of using it from now on."
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Ask only N questions, the kinds in turn."),
    ] = None,
    model: ModelOption = None,
    changes: SetOption = None,
) -> None:
    """Measure what a model's replies tell, and use that from now on to decide when to abstain.

    With a set of verdict questions: to tell yes from no, and true from false.

    Example:
        $ assistant eval calibrate --model ~/models/other.gguf --limit 240
        $ assistant eval calibrate --model ~/models/other.gguf --questions verdicts --limit 240
    """
    settings = settings_from(changes, model)
    locate(settings.model)
    from assistant.evaluation import load_questions, select
    from assistant.evaluation.calibration.answerability import calibrate as measure
    from assistant.evaluation.calibration.verdicts import calibrate_verdicts
    from assistant.evaluation.questions import VERDICT, question_name
    from assistant.evaluation.verdict_runs import abstracts_of, with_abstracts
    from assistant.models import store_calibration

    asked = select(load_questions(questions), limit=limit)
    of_verdicts = {question.kind for question in asked} == {VERDICT}
    if abstracts:
        brought = [paper for name in abstracts for paper in abstracts_of(load_questions(name))]
        asked = with_abstracts(asked, brought)
    out = out or Path("verdicts.jsonl" if of_verdicts else "calibration.jsonl")
    with answering("Asking") as on_progress:
        if of_verdicts:
            name = question_name(questions)
            turn = calibrate_verdicts(
                library, asked, settings, name=name, out=out, on_progress=on_progress
            )
            calibration = turn.calibration
            told = (
                f"{turn.n} replies. Verdicts other than maybe are right for {turn.accuracy:.3f} of "
                f"them on papers held out; by the words of the replies for "
                f"{turn.accuracy_by_words:.3f}."
            )
        else:
            found = measure(library, asked, settings, out=out, on_progress=on_progress)
            calibration = found.calibration
            told = (
                f"{found.n} replies. On papers held out, whether the evidence answers is told with "
                f"an AUC of {found.auc:.3f} and a log loss of {found.log_loss:.3f}; knowing "
                f"nothing, {found.log_loss_constant:.3f}."
            )
    path = store_calibration(settings.model, calibration, save)
    print_note(told)
    print_note(f"Kept in {path}." if save else f"Kept in {path}; delete it to go back.")
