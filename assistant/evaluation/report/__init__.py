"""Reports of a run (`report.html`, `report.md`, `metrics.json`), a sweep, or the runs of a plan."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.evaluation.judge.grade import JudgeResult
from assistant.evaluation.plans.plan import PlannedRun
from assistant.evaluation.report.files import write_files
from assistant.evaluation.report.markdown import markdown
from assistant.evaluation.report.page import page
from assistant.evaluation.report.results import CompletedRun, results_markdown
from assistant.evaluation.report.sweep_page import write_sweep
from assistant.evaluation.run import Run

__all__ = ["write_report", "write_results", "write_sweep"]


def write_report(run: Run, folder: Path, judge_result: JudgeResult | None = None) -> Path:
    """Write the report of a run and return the path of its HTML page.

    Args:
        run: the run.
        folder: receives the files; created if it does not exist.
        judge_result: the grades of a judge, if there was one.

    Raises:
        InputError: the folder cannot be written.
    """
    record = run.metrics.to_dict() | {
        "manifest": asdict(run.manifest),
        "judge": {"model": judge_result.model, **asdict(judge_result.agreement)}
        if judge_result
        else None,
    }
    write_files(
        folder,
        {
            "metrics.json": json.dumps(record, indent=2, ensure_ascii=False) + "\n",
            "report.md": markdown(run, judge_result),
            "report.html": page(run, judge_result),
        },
    )
    return folder / "report.html"


def write_results(
    completed: Sequence[CompletedRun],
    skipped: Sequence[PlannedRun],
    command: str,
    path: Path,
    appended: Sequence[str] = (),
) -> None:
    """Write the metrics of a plan's runs as Markdown; see `results_markdown`.

    Raises:
        InputError: the file cannot be written.
    """
    write_files(path.parent, {path.name: results_markdown(completed, skipped, command, appended)})
