"""Figures over runs and commits: from predictions and reports, in a table and a drawing."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import pytest
from run_factories import best_prediction, make_manifest, write_run

from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import Run, load_questions
from assistant.evaluation.comparison.history import committed_reports, runs_over_time
from assistant.evaluation.manifest import git_output
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.report import write_report
from assistant.evaluation.report.history_chart import bar


@pytest.fixture
def runs_folder(questions_file: Path, tmp_path: Path) -> Path:
    """A later run with all answers right, and an earlier one with all wrong."""
    questions = load_questions(questions_file)
    folder = tmp_path / "runs"
    folder.mkdir()
    conditions = {"questions": str(questions_file)}
    right = [best_prediction(question) for question in questions]
    write_run(
        folder / "a.jsonl",
        right,
        started="2026-03-02T10:00:00+00:00",
        commit="abc1234",
        **conditions,
    )
    wrong = [{"id": one.id, "question": one.text, "answer": "no"} for one in questions]
    earlier = write_run(folder / "b.jsonl", [], started="2026-01-01T10:00:00+00:00", **conditions)
    earlier.write_text("".join(json.dumps(one) + "\n" for one in wrong), encoding="utf-8")
    return folder


def test_runs_are_in_the_order_of_time_and_a_run_with_a_report_counts_once(
    runs_folder: Path,
) -> None:
    write_report(Run.load(runs_folder / "b.jsonl"), runs_folder / "report")
    earlier, later = runs_over_time([runs_folder])
    assert [one.figures["answer_score"].value for one in (earlier, later)] == [0, 1]
    assert (earlier.commit, later.commit) == ("", "abc1234")
    assert earlier.series == later.series == "made-up, assistant"


def test_each_commit_of_a_report_is_an_entry(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    for score in (0.25, 0.5):
        headline = {"value": score, "low": None, "high": None, "n": 4}
        report = {"headline": headline, "by_kind": {}, "figures": {}}
        report["manifest"] = asdict(make_manifest())
        (tmp_path / "metrics.json").write_text(json.dumps(report), encoding="utf-8")
        subprocess.run([*git, "add", "metrics.json"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "measured"], check=True)
    entries = committed_reports(tmp_path / "metrics.json")
    assert [one.figures["answer_score"].value for one in entries] == [0.25, 0.5]
    commits = str(git_output(tmp_path, "log", "--format=%h", "--reverse")).split()
    assert [one.commit for one in entries] == commits


def test_command_prints_runs_and_draws_a_panel_for_each_figure_with_a_line_for_each_series(
    runs_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    svg = tmp_path / "history.svg"
    figures = ["--figure", "answer_score", "--figure", "recall@5"]
    assert main(["eval", "history", str(runs_folder), *figures, "--svg", str(svg)]) == 0
    assert "abc1234" in capsys.readouterr().out
    drawing = ElementTree.fromstring(svg.read_text(encoding="utf-8"))
    panels = [one for one in drawing.iter() if one.tag.endswith("}g")]
    [[line], _] = [[mark for mark in panel if mark.tag.endswith("}polyline")] for panel in panels]
    assert len(str(line.get("points")).split()) == 2  # both runs are of one series


def test_bar_is_as_long_as_the_value() -> None:
    assert bar(Estimate(0.5, None, None, 1), 1.0) == "█" * 12
    assert bar(Estimate(0.0, None, None, 1), 1.0) == bar(None, 1.0) == ""


def test_unknown_figure_error_lists_those_there_are(
    runs_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "history", str(runs_folder / "a.jsonl"), "--figure", "beauty"]) == 2
    assert "answer_score, answer_score.number" in capsys.readouterr().err


def test_folder_without_runs_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no runs in"):
        runs_over_time([tmp_path])
