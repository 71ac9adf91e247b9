"""Generating a question set with a real model; the small one writes hardly a good question."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.generation.facts import facts_of
from assistant.evaluation.generation.generate import generate_questions, tried_path


def test_everything_is_tried_once_and_what_is_kept_is_a_question_set(
    quick_assistant: Assistant, tmp_path: Path
) -> None:
    out = tmp_path / "mine.jsonl"
    progress: list[int] = []
    generated = generate_questions(
        quick_assistant, 50, out=out, on_progress=lambda one: progress.append(one.total)
    )
    facts = [fact for paper in quick_assistant.papers() for fact in facts_of(paper)]
    tried = [json.loads(line) for line in tried_path(out).read_text("utf-8").splitlines()]
    keys = [record["key"] for record in tried]
    assert len(keys) == len(set(keys)) >= len(facts)
    assert sum(generated.outcomes.values()) == len(tried)
    assert set(progress) == {50}
    kept = load_questions(out) if generated.kept else []
    assert len(kept) == generated.kept == generated.outcomes.get("kept", 0)
    again = generate_questions(quick_assistant, 50, out=out)
    assert again == generated


def test_interrupted_generation_goes_on_with_what_was_not_tried(
    quick_assistant: Assistant, tmp_path: Path
) -> None:
    out = tmp_path / "mine.jsonl"
    whole = generate_questions(quick_assistant, 50, out=tmp_path / "whole.jsonl")

    class StoppedError(Exception):
        pass

    def stop_after_three(_: object) -> None:
        if tried_path(out).exists() and tried_path(out).read_text("utf-8").count("\n") == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        generate_questions(quick_assistant, 50, out=out, on_progress=stop_after_three)
    assert generate_questions(quick_assistant, 50, out=out) == whole


def test_file_of_something_else_is_refused(quick_assistant: Assistant, tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text("not JSON\n", encoding="utf-8")
    with pytest.raises(InputError, match="Choose another --out"):
        generate_questions(quick_assistant, 2, out=out)
