"""``assistant eval``: measure answers, compare runs, and calibrate models."""

import typer

from assistant.cli.eval.ablate import ablate
from assistant.cli.eval.calibrate import calibrate
from assistant.cli.eval.comparison.compare import compare
from assistant.cli.eval.comparison.floor import floor
from assistant.cli.eval.comparison.history import history
from assistant.cli.eval.comparison.power import power
from assistant.cli.eval.exchange.export import export
from assistant.cli.eval.exchange.retrieval import retrieval
from assistant.cli.eval.feedback import feedback
from assistant.cli.eval.fit_instructions import fit_instructions
from assistant.cli.eval.fit_kinds import fit_kinds
from assistant.cli.eval.generate import generate
from assistant.cli.eval.poisons import poisons
from assistant.cli.eval.report import report
from assistant.cli.eval.results import results
from assistant.cli.eval.routing import routing
from assistant.cli.eval.run import run
from assistant.cli.eval.sweep import sweep
from assistant.cli.eval.typos import typos

app = typer.Typer(
    help="Measure the quality of answers, compare runs, and calibrate models.",
    no_args_is_help=True,
)
for command in (
    run,
    report,
    compare,
    power,
    history,
    sweep,
    ablate,
    results,
    floor,
    retrieval,
    routing,
    export,
    calibrate,
    fit_instructions,
    fit_kinds,
    poisons,
    typos,
    feedback,
    generate,
):
    app.command()(command)
