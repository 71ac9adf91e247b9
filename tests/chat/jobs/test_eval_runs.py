"""Runs of question sets on a server."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_disk import filled, small_disk

from assistant import Assistant, Settings
from assistant.chat.evals.comparison_view import comparison_view
from assistant.chat.jobs.eval_runs import AlreadyRunningError, EvalRuns
from assistant.errors import Cancelled, DiskFullError, InputError
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


def test_run_is_watched_stored_and_compared(assistant: Assistant, question_file: Path) -> None:
    runs = EvalRuns(assistant.library.folder)
    assert runs.stored() == []
    added = runs.add_set(question_file)
    assert ("trams", added) in runs.question_sets()

    job = runs.start(assistant, added, limit=1).job
    steps = list(job.watch())
    assert steps[-1].done == steps[-1].total == 1
    assert len(job.result().results) == 1
    assert runs.running is None

    [stored] = runs.stored()
    assert "trams, 1 answered · smollm2-135m-instruct" in stored.title
    run = Run.load(stored.file)
    html = comparison_view(compare(run, run))
    assert "Nothing was changed between them." in html
    assert "1 questions: 0 answered worse, 0 better" in html


def test_stopped_run_keeps_its_answers(assistant: Assistant, question_file: Path) -> None:
    runs = EvalRuns(assistant.library.folder)
    job = runs.start(assistant, str(question_file), limit=2).job
    job.stop()
    with pytest.raises(Cancelled):
        job.result()
    assert sum(int(run.title.split(", ")[1].split()[0]) for run in runs.stored()) < 2


def test_one_run_at_a_time_even_if_two_visitors_start_at_once(
    assistant: Assistant, question_file: Path
) -> None:
    runs = EvalRuns(assistant.library.folder)

    def start(limit: int) -> bool:
        try:
            runs.start(assistant, str(question_file), limit)
        except AlreadyRunningError:
            return False
        return True

    with ThreadPoolExecutor(2) as visitors:
        assert sorted(visitors.map(start, [1, 1])) == [False, True]
    assert runs.running is not None
    runs.running.job.result()


def test_added_set_does_not_replace_one_of_the_same_name(
    assistant: Assistant, question_file: Path
) -> None:
    runs = EvalRuns(assistant.library.folder)
    first = runs.add_set(question_file)
    before = Path(first).read_bytes()
    assert runs.add_set(question_file) == first, "the same set is stored once"

    question_file.write_text(json.dumps(_QUESTIONS[0]) + "\n", encoding="utf-8")
    second = runs.add_set(question_file)

    assert Path(first).read_bytes() == before
    assert Path(second).read_bytes() == question_file.read_bytes()
    assert {"trams", "trams-2"} <= dict(runs.question_sets()).keys()


def test_added_set_does_not_replace_a_shipped_one_of_the_same_name(
    question_file: Path, tmp_path: Path
) -> None:
    runs = EvalRuns(tmp_path / "library")
    added = runs.add_set(question_file.rename(tmp_path / "sample.jsonl"))
    sets = runs.question_sets()
    assert (dict(sets)["sample"], dict(sets)["sample-2"]) == ("sample", added)
    assert len(dict(sets)) == len(sets)


def test_set_about_other_papers_is_an_error_before_the_run(assistant: Assistant) -> None:
    runs = EvalRuns(assistant.library.folder)
    with pytest.raises(InputError, match="None of the papers"):
        runs.start(assistant, "sample", limit=3)
    assert runs.running is None


def test_invalid_question_set_is_not_stored(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("not a question\n", encoding="utf-8")
    runs = EvalRuns(assistant.library.folder)
    with pytest.raises(InputError):
        runs.add_set(tmp_path / "notes.jsonl")
    assert "notes" not in dict(runs.question_sets())


def test_set_that_a_full_disk_has_no_room_for_is_not_added(
    question_file: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "100k") as disk:
        runs = EvalRuns(disk)
        runs.add_set(question_file)
        before = runs.question_sets()
        many = [{**_QUESTIONS[0], "id": f"trams-{number}"} for number in range(500)]
        long = question_file.with_name("long.jsonl")
        long.write_text("".join(json.dumps(one) + "\n" for one in many))
        with filled(disk), pytest.raises(DiskFullError, match="the disk is full"):
            runs.add_set(long)
        assert runs.question_sets() == before
