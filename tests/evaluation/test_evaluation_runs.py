"""Runs with a real model: their files, and resuming after an interruption."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from run_factories import QUICK, make_manifest

from assistant import Assistant, Settings
from assistant.errors import InputError
from assistant.evaluation import (
    Progress,
    Question,
    Run,
    abstracts_of,
    answer_questions,
    evaluate,
    evaluate_verdicts,
    load_questions,
)


def _is_same(path: Path, other: Path) -> bool:
    """Whether two predictions files hold the same answers, apart from timings."""
    records, others = (
        [json.loads(line) for line in one.read_text(encoding="utf-8").splitlines()]
        for one in (path, other)
    )
    for record in records:
        # Earlier contents of the context change the last digits of computed numbers.
        record["confidence"] = pytest.approx(record["confidence"], abs=0.05)
    for record in (*records, *others):
        del record["timings"]
    return records == others


def test_run_writes_answer_dict_with_question_id_per_line(
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


def test_loaded_run_has_the_same_metrics(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "predictions.jsonl"
    questions = load_questions(questions_file)
    run = evaluate(quick_assistant, questions, name=str(questions_file), out=out)
    assert Run.load(out).metrics == run.metrics


def test_existing_answers_are_reused(
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


def test_run_over_fewer_questions_keeps_the_file(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:3]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions[:2], out=out)
    before = out.read_bytes()
    run = evaluate(quick_assistant, questions[1:2], out=out)
    assert [question.id for question, _ in run.results] == ["m1"]
    assert out.read_bytes() == before


def test_incomplete_last_answer_is_asked_again(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    out = tmp_path / "predictions.jsonl"
    quick_assistant.read()  # so that both runs find the same papers in the reading cache
    quick_assistant.unload()
    evaluate(quick_assistant, questions, out=out)
    whole = tmp_path / "whole.jsonl"
    shutil.copy(out, whole)
    out.write_bytes(out.read_bytes()[:-40])
    quick_assistant.unload()
    evaluate(quick_assistant, questions, out=out)
    assert _is_same(out, whole)


def test_run_cut_at_any_byte_resumes_to_the_same_file(questions_file: Path, tmp_path: Path) -> None:
    questions = load_questions(questions_file)[:3]
    # The cut may also be within a character of several bytes.
    texts = {question.id: f"Schöne Grüße, {question.answers[0]} – 千" for question in questions}

    def ask(question: Question) -> dict[str, Any]:
        return {"question": question.text, "answer": texts[question.id]}

    out = tmp_path / "predictions.jsonl"
    whole = answer_questions(ask, questions, make_manifest(), out=out)
    data = out.read_bytes()
    for end in range(len(data)):
        out.write_bytes(data[:end])
        assert answer_questions(ask, questions, make_manifest(), out=out) == whole
        assert out.read_bytes() == data


def test_other_file_is_only_overwritten_with_restart(questions_file: Path, tmp_path: Path) -> None:
    questions = load_questions(questions_file)[:1]

    def ask(question: Question) -> dict[str, Any]:
        return {"question": question.text, "answer": "14"}

    out = tmp_path / "thesis.txt"
    out.write_text("All my work, on one line", encoding="utf-8")
    with pytest.raises(InputError, match="is not a predictions file"):
        answer_questions(ask, questions, make_manifest(), out=out)
    assert out.read_text(encoding="utf-8") == "All my work, on one line"
    assert list(tmp_path.glob("*.manifest.json")) == []

    answer_questions(ask, questions, make_manifest(), out=out, restart=True)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_repeatedly_killed_run_equals_an_uninterrupted_one(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    folder = quick_assistant.library.folder
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    evaluate(quick_assistant, load_questions(questions_file), out=whole)
    command = [sys.executable, "-m", "assistant", "eval", "run"]
    command += ["--questions", str(questions_file), "--library", str(folder), "--out", str(cut)]
    for field in fields(Settings):
        if (value := getattr(QUICK, field.name)) != field.default:
            command += ["--set", f"{field.name}={value}"]
    # Kill it between answers, and while metrics are computed.
    for answers in (3, 6):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
        )
        while process.poll() is None and not _has_answers(cut, answers):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    run = evaluate(quick_assistant, load_questions(questions_file), out=cut)
    assert _is_same(cut, whole)
    uncut = Run.load(whole, questions_file)
    assert _timeless(run) == _timeless(uncut)
    # Confidences may differ in their last digits; see `_is_same`.
    error, as_uncut = (one.metrics.named["calibration_error"].value for one in (run, uncut))
    assert error == pytest.approx(as_uncut, abs=0.05)


def _has_answers(path: Path, count: int) -> bool:
    return path.exists() and path.read_bytes().count(b"\n") >= count


def _timeless(run: Run) -> dict[str, Any]:
    """The metrics of a run, without those of time, caching and confidence.

    The order of two confidences that differ only in their last digits is arbitrary.
    """
    seconds = ("first_token_s", "total_s", "retrieval_s", "cached_tokens")
    passing = (*seconds, "calibration_error", "answerable_auc", "risk_coverage_area")
    return {name: one for name, one in run.metrics.named.items() if not name.startswith(passing)}


@pytest.mark.parametrize(
    ("change", "named"),
    [({"max_answer_tokens": 9}, "max_answer_tokens"), ({"papers_read": 2}, "2")],
)
def test_answers_with_other_settings_are_rejected(
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


def test_answers_over_other_papers_are_rejected(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:1]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    quick_assistant.library.remove([quick_assistant.papers()[-1].id])
    with pytest.raises(InputError, match="library"):
        evaluate(quick_assistant, questions, out=out)


def test_answer_to_a_reworded_question_is_rejected(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    (question,) = load_questions(questions_file)[:1]
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, [question], out=out)
    with pytest.raises(InputError, match="in these words"):
        evaluate(quick_assistant, [replace(question, text="How many, then?")], out=out)


@pytest.fixture
def verdict_questions(tmp_path: Path, questions_file: Path) -> Path:
    """Two claims with the same text; retrieval finds the abstract of the first for both."""
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
def test_verdict_setting_selects_the_abstracts_in_the_library(
    verdict_questions: Path, models_cache: None, setting: Any, found: int
) -> None:
    questions = load_questions(verdict_questions)
    run = evaluate_verdicts(questions, QUICK, setting, abstracts=abstracts_of(questions))
    assert [len(prediction.papers) for _, prediction in run.results] == [found, found]
    assert run.results[1][1].papers[0] == (
        "Dough and Bread" if setting == "reading" else "Counting Birds"
    )
    assert run.manifest.system == f"assistant, {setting}"


@pytest.mark.parametrize("setting", ["reading", "end-to-end"])
def test_verdicts_about_changed_abstracts_are_rejected(
    verdict_questions: Path, models_cache: None, tmp_path: Path, setting: Any
) -> None:
    question, other = load_questions(verdict_questions)
    abstracts, out = abstracts_of([question, other]), tmp_path / "predictions.jsonl"
    evaluate_verdicts([question], QUICK, setting, abstracts=abstracts, out=out)
    changed = [abstracts[0], replace(abstracts[1], abstract="Toast burns.")]
    with pytest.raises(InputError, match="library"):
        evaluate_verdicts([question], QUICK, setting, abstracts=changed, out=out)
