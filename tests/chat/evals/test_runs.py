"""Runs of question sets as the page keeps them."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.chat.evals.comparison_view import comparison_view
from assistant.chat.evals.runs import EvalRuns
from assistant.errors import Cancelled, InputError
from assistant.evaluation import Run, compare
from assistant.library import Library

_QUESTIONS = [
    {
        "id": f"trams-{number}",
        "kind": "number",
        "question": f"By how many decibels are the trams quieter{mark}",
        "papers": ["Silent Trams for Old Towns"],
        "answers": ["9"],
        "evidence": ["Rubber wheels and soft curves make trams 9 decibels quieter."],
    }
    for number, mark in enumerate(["?", " <b>now</b>?"])
]


@pytest.fixture
def question_file(tmp_path: Path) -> Path:
    file = tmp_path / "trams.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in _QUESTIONS), encoding="utf-8")
    return file


@pytest.fixture
def assistant(small_library: Library) -> Iterator[Assistant]:
    settings = Settings(model="smollm2-135m-instruct", max_answer_tokens=8)
    assistant = Assistant(small_library, settings)
    yield assistant
    assistant.unload()


def test_a_run_is_watched_kept_and_compared(assistant: Assistant, question_file: Path) -> None:
    runs = EvalRuns(assistant.library.folder)
    assert runs.kept() == []
    own = runs.add_set(question_file)
    assert ("trams", own) in runs.question_sets()

    work = runs.start(assistant, own, limit=1)
    steps = list(work.watch())
    assert steps[-1].done == steps[-1].total == 1
    assert len(work.result().results) == 1
    assert runs.going_on is None

    [kept] = runs.kept()
    assert "trams, 1 answered · smollm2-135m-instruct" in kept.title
    run = Run.load(kept.file)
    html = comparison_view(compare(run, run))
    assert "made alike" in html
    assert "1 questions: 0 answered worse, 0 better" in html


def test_a_run_that_is_stopped_keeps_what_was_answered(
    assistant: Assistant, question_file: Path
) -> None:
    runs = EvalRuns(assistant.library.folder)
    work = runs.start(assistant, str(question_file), limit=2)
    assert runs.start(assistant, str(question_file), limit=1) is work, "one run goes on at a time"
    work.stop()
    with pytest.raises(Cancelled):
        work.result()
    assert sum(int(run.title.split(", ")[1].split()[0]) for run in runs.kept()) < 2


def test_of_two_visitors_who_start_at_once_both_watch_one_run(
    assistant: Assistant, question_file: Path
) -> None:
    runs = EvalRuns(assistant.library.folder)
    with ThreadPoolExecutor(2) as visitors:
        one, other = visitors.map(
            lambda limit: runs.start(assistant, str(question_file), limit), [1, 1]
        )
    assert one is other
    one.result()


def test_a_set_of_a_name_that_is_taken_leaves_the_other_as_it_is(
    assistant: Assistant, question_file: Path
) -> None:
    runs = EvalRuns(assistant.library.folder)
    first = runs.add_set(question_file)
    before = Path(first).read_bytes()
    assert runs.add_set(question_file) == first, "the same set is kept once"

    question_file.write_text(json.dumps(_QUESTIONS[0]) + "\n", encoding="utf-8")
    second = runs.add_set(question_file)

    assert Path(first).read_bytes() == before
    assert Path(second).read_bytes() == question_file.read_bytes()
    assert {"trams", "trams-2"} <= dict(runs.question_sets()).keys()


def test_a_set_about_other_papers_is_told_before_anything_is_asked(assistant: Assistant) -> None:
    runs = EvalRuns(assistant.library.folder)
    with pytest.raises(InputError, match="None of the papers"):
        runs.start(assistant, "sample", limit=3)
    assert runs.going_on is None


def test_a_file_that_is_no_question_set_is_not_kept(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("not a question\n", encoding="utf-8")
    runs = EvalRuns(assistant.library.folder)
    with pytest.raises(InputError):
        runs.add_set(tmp_path / "notes.jsonl")
    assert "notes" not in dict(runs.question_sets())
