"""Execute a planned run in a temporary library."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering import Assistant
from assistant.evaluation.evaluate import OnProgress, evaluate
from assistant.evaluation.plans.plan import PlannedRun
from assistant.evaluation.question_sets import load_questions, question_name
from assistant.evaluation.questions import select
from assistant.evaluation.run import Run
from assistant.evaluation.verdict_runs import abstracts_of, evaluate_verdicts
from assistant.library import PaperProgress
from assistant.models import load_calibration


def run_planned(
    planned: PlannedRun,
    folder: Path,
    *,
    on_reading: Callable[[PaperProgress], None] | None = None,
    on_progress: OnProgress | None = None,
) -> Run:
    """Ask the questions of a planned run, reusing the answers of an interrupted one.

    Args:
        planned: the run.
        folder: receives the predictions, in a file with the name of the run.
        on_reading: called with the number of papers that the model has read.
        on_progress: called with the number of answered questions.

    Raises:
        InputError: a file is missing or malformed, or earlier answers were made under other
            conditions.
        ModelError: the model is not on this machine, or the calibration cannot be read.
    """

    def prepare(assistant: Assistant) -> None:
        if planned.warm:
            assistant.read(on_reading)

    all_questions = load_questions(planned.questions)
    questions = select(all_questions, limit=planned.limit)
    name = question_name(planned.questions)
    out = folder / f"{planned.name}.jsonl"
    calibration = None
    if planned.calibration:
        calibration = load_calibration(Path(planned.calibration).expanduser())
    if abstracts := abstracts_of(all_questions):
        return evaluate_verdicts(
            questions,
            planned.settings,
            planned.setting,
            abstracts=abstracts,
            calibration=calibration,
            prepare=prepare,
            name=name,
            out=out,
            on_progress=on_progress,
        )
    with (
        TemporaryDirectory() as library,
        Assistant.open(
            library,
            settings=planned.settings,
            samples=not planned.papers,
            calibration=calibration,
        ) as assistant,
    ):
        if planned.papers:
            assistant.add(*planned.paper_files())
        prepare(assistant)
        return evaluate(
            assistant,
            questions,
            name=name,
            standalone=planned.standalone,
            out=out,
            on_progress=on_progress,
        )
