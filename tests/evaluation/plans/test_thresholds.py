"""``assistant eval floor``: check a run over a slice of a question set against thresholds."""

from dataclasses import replace
from pathlib import Path

import pytest
from run_factories import best_prediction, write_run

from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import load_questions, select
from assistant.evaluation.plans.thresholds import load_thresholds

_ROOT = Path(__file__).parents[3]
_SLICE = 24


@pytest.fixture
def run_file(tmp_path: Path) -> Path:
    """Correct answers to a slice of the sample set, with one abstention of four for each kind."""
    questions = select(load_questions("sample"), limit=_SLICE)
    kinds_with_abstention: set[str] = set()
    answers = []
    for question in questions:
        answer = best_prediction(question)
        if question.kind not in kinds_with_abstention:
            kinds_with_abstention.add(question.kind)
            answer = replace(answer, abstained=True)
        answers.append(answer)
    return write_run(tmp_path / "predictions.jsonl", answers)


def _thresholds_file(folder: Path, bounds: str, limit: int = _SLICE) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(f'questions = "sample"\nlimit = {limit}\n{bounds}\n', encoding="utf-8")
    return path


def _check(predictions: Path, thresholds: Path) -> int:
    return main(["eval", "floor", str(predictions), str(thresholds)])


# Answer score: 3/4 of each answerable kind and all of the unanswerable: (5 x 0.75 + 1) / 6.
@pytest.mark.parametrize(
    ("bounds", "lines"),
    [
        ("[at_least]\nanswer_score = 0.79\ngroundedness = 1.0", []),
        ("[at_most]\nabstained_on_answerable = 0.25", []),
        (
            "[at_least]\nanswer_score = 0.8\n'answer_score.number' = 0.76\nabstention_recall = 1",
            [
                "answer_score is 0.792, not at least 0.8 (n = 24)",
                "answer_score.number is 0.750, not at least 0.76 (n = 4)",
            ],
        ),
        (
            "[at_most]\nabstained_on_answerable = 0.2",
            ["abstained_on_answerable is 0.250, not at most 0.2 (n = 20)"],
        ),
        (
            "[at_most]\nverdict_accuracy = 1",
            ["verdict_accuracy is -, not at most 1 (n = 0)"],
        ),
    ],
)
def test_floor_prints_a_line_per_violation_and_exits_with_1(
    run_file: Path,
    tmp_path: Path,
    bounds: str,
    lines: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _check(run_file, _thresholds_file(tmp_path, bounds)) == (1 if lines else 0)
    assert capsys.readouterr().out.splitlines() == lines


def test_floor_ignores_answers_outside_the_slice(tmp_path: Path) -> None:
    questions = load_questions("sample")
    in_slice = {question.id for question in select(questions, limit=_SLICE)}
    answers = [
        replace(best_prediction(question), abstained=True)
        if question.answerable and question.id not in in_slice
        else best_prediction(question)
        for question in questions
    ]
    assert any(answer.abstained for answer in answers if answer.id not in in_slice)
    run = write_run(tmp_path / "whole.jsonl", answers)
    assert _check(run, _thresholds_file(tmp_path, "[at_least]\nanswer_score = 1")) == 0


@pytest.mark.parametrize(
    ("bounds", "limit", "expected"),
    [
        ("[at_least]\nanswer_score = 1", _SLICE + 1, "eval run --questions sample --limit 25`"),
        ("[at_least]\nbeauty = 1", _SLICE, "There is no metric 'beauty'"),
        ("", _SLICE, "has no bounds"),
        ("[at_least]\nanswer_score = true", _SLICE, "'at_least' must be a table of numbers"),
        ("[at_leest]\nanswer_score = 1", _SLICE, "unknown entry at_leest"),
    ],
)
def test_floor_rejects_wrong_input_with_reason(
    run_file: Path,
    tmp_path: Path,
    bounds: str,
    limit: int,
    expected: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _check(run_file, _thresholds_file(tmp_path, bounds, limit)) == 2
    assert expected in capsys.readouterr().err


def test_missing_thresholds_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml"):
        load_thresholds(tmp_path / "none.toml")


def test_ci_thresholds_apply_to_a_slice_of_the_sample_set() -> None:
    thresholds = load_thresholds(_ROOT / "eval" / "baselines" / "sample-slice.toml")
    assert (thresholds.questions, thresholds.limit) == ("sample", _SLICE)
    assert "answer_score" in thresholds.names
