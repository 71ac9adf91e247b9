"""``pytest --assistant-questions``: a test per question, in a process of its own as for users."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

_PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-p",
    "assistant.pytest_plugin",
    "-p",
    "no:cacheprovider",
)


def _run(folder: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [*_PYTEST, "--rootdir", str(folder), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    rows = ["id,question,answer", "q1,How many glaciers?,14", "q2,Which method?,IceTrack"]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    """A right and a wrong answer."""
    path = tmp_path / "predictions.jsonl"
    records = [
        {"id": "q1", "question": "How many glaciers?", "answer": "They follow 14."},
        {"id": "q2", "question": "Which method?", "answer": "PolyCount."},
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def test_each_question_passes_or_fails_beside_other_tests(
    questions: Path, predictions: Path, tmp_path: Path
) -> None:
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    assert True\n")
    options = ["--assistant-questions", questions, "--assistant-predictions", predictions]
    done = _run(tmp_path, *options, "--junitxml", tmp_path / "junit.xml")
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert "expected: IceTrack\nanswered: PolyCount." in done.stdout
    cases = ElementTree.parse(tmp_path / "junit.xml").iter("testcase")
    scores = {
        str(case.get("name")): found.get("value")
        for case in cases
        if (found := case.find("properties/property[@name='answer_score']")) is not None
    }
    assert scores == {"q1": "1.0", "q2": "0.0"}


def test_questions_are_chosen_by_name_and_marker_and_pass_with_a_lower_score(
    questions: Path, predictions: Path, tmp_path: Path
) -> None:
    options = ["--assistant-questions", questions, "--assistant-predictions", predictions]
    assert "1 passed, 1 deselected" in _run(tmp_path, *options, "-k", "q1").stdout
    assert _run(tmp_path, *options, "--assistant-pass-score", "0").returncode == 0


def test_missing_set_and_missing_answer_are_errors_of_one_line(
    questions: Path, tmp_path: Path
) -> None:
    done = _run(tmp_path, "--assistant-questions", "none.jsonl")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "There is no question set 'none.jsonl'" in done.stderr
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    options = ["--assistant-questions", questions, "--assistant-predictions", empty]
    assert "has no answer to this question" in _run(tmp_path, *options).stdout


def test_plugin_that_is_not_used_imports_nothing_of_the_assistant(tmp_path: Path) -> None:
    program = (
        "import sys; from assistant import pytest_plugin; "
        "print([name for name in sys.modules if name.startswith('assistant.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['assistant.pytest_plugin']"
