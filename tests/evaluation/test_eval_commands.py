"""``assistant eval run``, ``report`` and ``compare``."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from run_factories import QUICK, best_prediction, write_run

from assistant.cli import main
from assistant.evaluation import load_questions
from assistant.library import Library


@pytest.fixture
def good_and_bad(tmp_path: Path) -> tuple[Path, Path]:
    """A run that answers the sample set, and one that abstains on all questions."""
    answers = [best_prediction(question) for question in load_questions("sample")]
    silent = [replace(answer, abstained=True) for answer in answers]
    return (
        write_run(tmp_path / "good.jsonl", answers),
        write_run(tmp_path / "bad.jsonl", silent, prompts="p2"),
    )


def test_run_answers_selected_questions_and_writes_report(
    small_library: Library,
    questions_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, report = tmp_path / "predictions.jsonl", tmp_path / "report"
    command = ["eval", "run", "--questions", str(questions_file), "--out", str(out), "--json"]
    command += ["--library", str(small_library.folder), "--model", QUICK.model]
    command += ["--set", "max_answer_tokens=8", "--set", "abstention_threshold=0"]
    assert (
        main([*command, "--kinds", "name,unanswerable", "--limit", "2", "--report", str(report)])
        == 0
    )
    metrics = json.loads(capsys.readouterr().out)
    assert metrics["by_kind"].keys() == {"name", "unanswerable"}
    assert metrics["headline"]["n"] == 2
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert (report / "report.html").exists()


def test_compare_exits_with_1_if_the_named_metric_is_worse(
    good_and_bad: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = map(str, good_and_bad)
    assert main(["eval", "compare", good, bad, "--fail-on", "answer_score"]) == 1
    assert "Made under different conditions: prompts (p1 against p2)" in capsys.readouterr().out
    assert main(["eval", "compare", bad, good, "--fail-on", "answer_score"]) == 0
    assert main(["eval", "compare", good, bad, "--fail-on", "total_s"]) == 0


def test_compare_rejects_a_metric_without_values(
    good_and_bad: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["eval", "compare", *map(str, good_and_bad), "--fail-on", "answer_score"]
    assert main([*command, "--fail-on", "set_recall"]) == 2
    assert "'set_recall' of --fail-on cannot be compared" in capsys.readouterr().err


def test_compare_as_json_has_every_changed_question(
    good_and_bad: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "compare", *map(str, good_and_bad), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 470
    assert found["metrics"]["answer_score"]["worse"]
    assert {one["kind"] for one in found["changed"]} == {
        "number",
        "name",
        "paraphrase",
        "explain",
        "multi",
    }


def test_report_is_written_from_predictions(
    good_and_bad: tuple[Path, Path], tmp_path: Path
) -> None:
    assert main(["eval", "report", str(good_and_bad[0]), "--out", str(tmp_path / "report")]) == 0
    assert "| 1.000 |" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["compare", "none.jsonl", "none.jsonl"], "manifest"),
        (["report", "none.jsonl"], "manifest"),
        (["compare", "a", "b", "--fail-on", "beauty"], "beauty"),
        (["run", "--questions", "none.jsonl"], "none.jsonl"),
        (["run", "--kinds", "riddle"], "riddle"),
        (["sweep", "none.toml"], "none.toml"),
    ],
)
def test_eval_commands_reject_wrong_input_with_exit_code_2(
    command: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    models_cache: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if command[0] == "run":
        command = [*command, "--model", QUICK.model]
    assert main(["eval", *command]) == 2
    error = capsys.readouterr().err
    assert error.startswith("Error: ")
    assert expected in error
