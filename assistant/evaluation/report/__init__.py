"""Reports: of a run (`report.html`, `report.md`, `metrics.json`), of a sweep, of a plan's runs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.evaluation.judge.grade import Judged
from assistant.evaluation.plans.plan import PlannedRun
from assistant.evaluation.report.files import write_files
from assistant.evaluation.report.markdown import markdown
from assistant.evaluation.report.page import page
from assistant.evaluation.report.results import Done, results_markdown
from assistant.evaluation.report.sweep_page import write_sweep
from assistant.evaluation.run import Run

__all__ = ["write_report", "write_results", "write_sweep"]


def write_report(run: Run, folder: Path, judged: Judged | None = None) -> Path:
    """Write the report of a run into a folder and return the path of its page.

    Args:
        run: what to report.
        folder: made if it is not there.
        judged: what a judge made of the answers, if there was one.

    Raises:
        InputError: the folder cannot be written.
    """
    record = run.metrics.to_dict() | {
        "manifest": asdict(run.manifest),
        "judge": {"model": judged.model, **asdict(judged.agreement)} if judged else None,
    }
    write_files(
        folder,
        {
            "metrics.json": json.dumps(record, indent=2, ensure_ascii=False) + "\n",
            "report.md": markdown(run, judged),
            "report.html": page(run, judged),
        },
    )
    return folder / "report.html"


def write_results(
    done: Sequence[Done],
    left_out: Sequence[PlannedRun],
    command: str,
    path: Path,
    appended: Sequence[str] = (),
) -> None:
    """Write the figures of a plan's runs as Markdown; see `results_markdown`.

    Raises:
        InputError: the file cannot be written.
    """
    write_files(path.parent, {path.name: results_markdown(done, left_out, command, appended)})
