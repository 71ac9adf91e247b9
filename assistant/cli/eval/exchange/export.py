"""``assistant eval export``: write a run in the format of another evaluation tool."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.options import PredictionsArgument, QuestionsOverrideOption
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError


class ExportFormat(StrEnum):
    """The formats; the keys of `assistant.evaluation.exchange.WRITERS`."""

    RAGAS = "ragas"
    DEEPEVAL = "deepeval"
    SCHOLARQABENCH = "scholarqabench"
    INSPECT = "inspect"
    JUNIT = "junit"
    TREC_RUN = "trec-run"
    TREC_QRELS = "trec-qrels"


def export(
    predictions: PredictionsArgument,
    to: Annotated[ExportFormat, typer.Option("--format", help="The format of the file.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    questions: QuestionsOverrideOption = None,
    pass_score: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="SCORE",
            help="For junit: the lowest answer score of a passed test; default: 1.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
) -> None:
    """Write the answers of a run for ragas, DeepEval, ScholarQABench, Inspect, CI or trec_eval.

    Example:
        $ assistant eval export predictions.jsonl --format ragas --out ragas.jsonl
        $ assistant eval export predictions.jsonl --format junit --out junit.xml
    """
    if pass_score is not None and to is not ExportFormat.JUNIT:
        raise InputError("--pass-score is for --format junit: leave it out.")
    from assistant.atomic_write import check_overwrite, write_atomically
    from assistant.evaluation import Run
    from assistant.evaluation.exchange import WRITERS, junit

    check_overwrite(out, overwrite=force)
    run = Run.load(predictions, questions)
    pieces = WRITERS[to].write(run) if pass_score is None else junit.write(run, pass_score)
    write_atomically(out, pieces, overwrite=force)
    print_note(f"{len(run.results)} answers written to {out}")
