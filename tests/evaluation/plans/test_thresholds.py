"""``assistant eval floor``: a slice of a question set must reach what is recorded."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_up_runs import gold, write_run

from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import load_questions, select
from assistant.evaluation.plans.thresholds import load_floors

_ROOT = Path(__file__).parents[3]
_SLICE = 24


@pytest.fixture
def run_file(tmp_path: Path) -> Path:
    """Right answers to a slice of our own questions; one of the four of a kind is an abstention."""
    questions = select(load_questions("sample"), limit=_SLICE)
    silenced: set[str] = set()
    answers = []
    for question in questions:
        answer = gold(question)
        if question.kind not in silenced:
            silenced.add(question.kind)
            answer = replace(answer, abstained=True)
        answers.append(answer)
    return write_run(tmp_path / "predictions.jsonl", answers)


def _floors(folder: Path, bounds: str, limit: int = _SLICE) -> Path:
    path = folder / "floors.toml"
    path.write_text(f'questions = "sample"\nlimit = {limit}\n{bounds}\n', encoding="utf-8")
    return path


def _check(predictions: Path, floors: Path) -> int:
    return main(["eval", "floor", str(predictions), str(floors)])


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
def test_each_figure_that_misses_its_bound_is_a_line_and_the_exit_code_is_1(
    run_file: Path,
    tmp_path: Path,
    bounds: str,
    lines: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _check(run_file, _floors(tmp_path, bounds)) == (1 if lines else 0)
    assert capsys.readouterr().out.splitlines() == lines


def test_answers_beyond_the_slice_do_not_count(tmp_path: Path) -> None:
    questions = load_questions("sample")
    kept = {question.id for question in select(questions, limit=_SLICE)}
    answers = [
        gold(question) if question.id in kept else replace(gold(question), abstained=True)
        for question in questions
    ]
    run = write_run(tmp_path / "whole.jsonl", answers)
    assert _check(run, _floors(tmp_path, "[at_least]\nanswer_score = 1")) == 0


@pytest.mark.parametrize(
    ("bounds", "limit", "said"),
    [
        ("[at_least]\nanswer_score = 1", _SLICE + 1, "eval run --questions sample --limit 25`"),
        ("[at_least]\nbeauty = 1", _SLICE, "No figure is called 'beauty'"),
        ("", _SLICE, "bounds nothing"),
        ("[at_least]\nanswer_score = true", _SLICE, "'at_least' must be a table of numbers"),
        ("[at_leest]\nanswer_score = 1", _SLICE, "unknown entry at_leest"),
    ],
)
def test_wrong_input_is_answered_with_a_sentence(
    run_file: Path,
    tmp_path: Path,
    bounds: str,
    limit: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _check(run_file, _floors(tmp_path, bounds, limit)) == 2
    assert said in capsys.readouterr().err


def test_floors_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml"):
        load_floors(tmp_path / "none.toml")


def test_the_floors_of_ci_are_for_a_slice_of_our_own_questions() -> None:
    floors = load_floors(_ROOT / "eval" / "baselines" / "sample-slice.toml")
    assert (floors.questions, floors.limit) == ("sample", _SLICE)
    assert "answer_score" in floors.names
