"""``assistant eval export``, ``power`` and the power of ``compare``, on files of a run."""

import json
from pathlib import Path

import pytest
from run_factories import best_prediction, write_run

from assistant.cli import main
from assistant.cli.eval.exchange.export import ExportFormat
from assistant.evaluation import load_questions
from assistant.evaluation.exchange import WRITERS


@pytest.fixture
def predictions(questions_file: Path, tmp_path: Path) -> Path:
    answers = [best_prediction(question) for question in load_questions(questions_file)]
    return write_run(tmp_path / "right.jsonl", answers, questions=str(questions_file))


def test_every_format_can_be_chosen_and_written(predictions: Path, tmp_path: Path) -> None:
    assert [one.value for one in ExportFormat] == list(WRITERS)
    for name in WRITERS:
        out = tmp_path / "out" / name
        out.parent.mkdir(exist_ok=True)
        assert main(["eval", "export", str(predictions), "--format", name, "--out", str(out)]) == 0
        assert out.stat().st_size


def test_existing_file_is_kept_without_force(predictions: Path, tmp_path: Path) -> None:
    out = tmp_path / "junit.xml"
    out.touch()
    command = ["eval", "export", str(predictions), "--format", "junit", "--out", str(out)]
    assert main(command) == 2
    assert main([*command, "--force", "--pass-score", "0.5"]) == 0
    assert 'failures="0"' in out.read_text(encoding="utf-8")


def test_pass_score_of_another_format_is_refused(
    predictions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["eval", "export", str(predictions), "--format", "ragas", "--out", "x"]
    assert main([*command, "--pass-score", "0.5"]) == 2
    assert "--pass-score is for --format junit" in capsys.readouterr().err


def test_power_shows_how_many_questions_each_difference_needs(
    predictions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["eval", "power", str(predictions), str(predictions), "--metric", "recall@5"]
    assert main([*command, "--difference", "0.1", "--difference", "0.05", "--json"]) == 0
    needed = json.loads(capsys.readouterr().out)["questions_needed"]
    assert needed["0.05"] > needed["0.1"] > 50


def test_compare_tells_which_difference_its_questions_find(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "mine.csv"
    rows = [f"q{i},Which is number {i}?,name{i}" for i in range(8)]
    questions.write_text("\n".join(["id,question,answer", *rows]), encoding="utf-8")
    answers = [best_prediction(question) for question in load_questions(questions)]
    run = write_run(tmp_path / "right.jsonl", answers, questions=str(questions))
    assert main(["eval", "compare", str(run), str(run)]) == 0
    assert "These questions find a difference of" in capsys.readouterr().err
