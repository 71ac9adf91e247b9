"""Runs with real parts: what they write, and that a cut loses nothing and changes nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_up_runs import QUICK

from assistant import Assistant
from assistant.errors import InputError
from assistant.evaluation import (
    Progress,
    Run,
    abstracts_of,
    evaluate,
    evaluate_verdicts,
    load_questions,
)


def _answers(path: Path) -> list[dict[str, Any]]:
    """The lines of a predictions file without what differs from one time to the next."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        del record["timings"]
    return records


def test_a_run_writes_the_contract_of_an_answer_and_the_id_a_line(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    out = tmp_path / "new" / "predictions.jsonl"
    run = evaluate(quick_assistant, questions, out=out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    again = quick_assistant.ask(questions[0].text).to_dict()
    assert [line["id"] for line in lines] == ["m0", "m1"]
    assert lines[0].keys() == {"id", *again}
    assert lines[0]["answer"] == again["answer"]
    assert run.metrics.figures["recall@5"].value == 1


def test_a_run_is_read_back_with_the_same_figures(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "predictions.jsonl"
    questions = load_questions(questions_file)
    run = evaluate(quick_assistant, questions, name=str(questions_file), out=out)
    assert Run.load(out).metrics == run.metrics


def test_answers_that_are_there_are_kept(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:3]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions[:2], out=out)
    first = out.read_text(encoding="utf-8")
    seen: list[Progress] = []
    run = evaluate(quick_assistant, questions, out=out, on_progress=seen.append)
    assert seen[0] == Progress(2, 3)
    assert seen[-1] == Progress(3, 3)
    assert out.read_text(encoding="utf-8").startswith(first)
    assert len(run.results) == 3


def test_a_shorter_run_leaves_the_answers_of_a_longer_one(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:3]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions[:2], out=out)
    before = out.read_bytes()
    run = evaluate(quick_assistant, questions[1:2], out=out)
    assert [question.id for question, _ in run.results] == ["m1"]
    assert out.read_bytes() == before


def test_a_line_that_a_cut_tore_is_dropped_and_its_question_asked_again(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    whole = _answers(out)
    out.write_bytes(out.read_bytes()[:-40])
    evaluate(quick_assistant, questions, out=out)
    assert _answers(out) == whole


def test_a_run_that_is_killed_and_started_again_equals_one_that_was_not(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    folder = quick_assistant.library.folder
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    evaluate(quick_assistant, load_questions(questions_file), out=whole)
    command = [sys.executable, "-m", "assistant", "eval", "run"]
    command += ["--questions", str(questions_file), "--library", str(folder), "--out", str(cut)]
    for name in ("model", "abstention_threshold", "max_answer_tokens", "threads"):
        command += ["--set", f"{name}={getattr(QUICK, name)}"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    while process.poll() is None and not (cut.exists() and cut.read_bytes().count(b"\n") >= 2):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    run = evaluate(quick_assistant, load_questions(questions_file), out=cut)
    assert _answers(cut) == _answers(whole)
    assert run.metrics.headline == Run.load(whole, questions_file).metrics.headline


@pytest.mark.parametrize(
    ("change", "named"),
    [({"max_answer_tokens": 9}, "max_answer_tokens"), ({"papers_read": 2}, "2")],
)
def test_answers_made_with_other_settings_are_not_mixed(
    quick_assistant: Assistant,
    questions_file: Path,
    tmp_path: Path,
    change: dict[str, int],
    named: str,
) -> None:
    questions = load_questions(questions_file)[:1]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    quick_assistant.settings = replace(QUICK, **change)
    with pytest.raises(InputError, match=named):
        evaluate(quick_assistant, questions, out=out)
    assert len(evaluate(quick_assistant, questions, out=out, restart=True).results) == 1


def test_answers_over_other_papers_are_not_mixed(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:1]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    quick_assistant.library.remove([quick_assistant.papers()[-1].id])
    with pytest.raises(InputError, match="library"):
        evaluate(quick_assistant, questions, out=out)


def test_a_question_that_was_reworded_does_not_keep_its_answer(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    (question,) = load_questions(questions_file)[:1]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, [question], out=out)
    with pytest.raises(InputError, match="in these words"):
        evaluate(quick_assistant, [replace(question, text="How many, then?")], out=out)


@pytest.fixture
def verdict_questions(tmp_path: Path, questions_file: Path) -> Path:
    """Two equal claims; retrieval finds the abstract of the first for both."""
    path = tmp_path / "claims.jsonl"
    records = [
        {
            "id": f"c{i}",
            "claim": "Parrots can count.",
            "title": title,
            "abstract": abstract,
            "answer": "true",
        }
        for i, (title, abstract) in enumerate(
            [
                ("Counting Birds", "Parrots count up to eight. They like it."),
                ("Dough and Bread", "Dough rises in the night. Toast burns."),
            ]
        )
    ]
    path.write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("setting", "found"), [("reading", 1), ("end-to-end", 2)])
def test_a_verdict_is_asked_with_its_abstract_alone_or_among_all(
    verdict_questions: Path, models_cache: None, setting: Any, found: int
) -> None:
    questions = load_questions(verdict_questions)
    run = evaluate_verdicts(questions, QUICK, setting, abstracts=abstracts_of(questions))
    assert [len(prediction.papers) for _, prediction in run.results] == [found, found]
    assert run.results[1][1].papers[0] == (
        "Dough and Bread" if setting == "reading" else "Counting Birds"
    )
    assert run.manifest.system == f"assistant, {setting}"
