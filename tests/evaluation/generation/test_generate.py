"""Generating a question set with a real model; the small one writes hardly a good question."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.generation.facts import facts_of
from assistant.evaluation.generation.generate import (
    OpenDetail,
    _neighbours_question,
    generate_questions,
    question_record,
    tried_path,
)
from assistant.library import Library, Scope
from assistant.papers import Paper


def test_interrupted_generation_tries_everything_once(
    quick_assistant: Assistant, tmp_path: Path
) -> None:
    out = tmp_path / "mine.jsonl"

    class StoppedError(Exception):
        pass

    def stop_after_three(_: object) -> None:
        if tried_path(out).exists() and tried_path(out).read_text("utf-8").count("\n") == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        generate_questions(quick_assistant, 50, out=out, on_progress=stop_after_three)
    generated = generate_questions(quick_assistant, 50, out=out)
    facts = [fact for paper in quick_assistant.papers() for fact in facts_of(paper)]
    tried = [json.loads(line) for line in tried_path(out).read_text("utf-8").splitlines()]
    keys = [record["key"] for record in tried]
    assert len(keys) == len(set(keys)) >= len(facts)
    assert sum(generated.outcomes.values()) == len(tried)
    kept = load_questions(out) if generated.kept else []
    assert len(kept) == generated.kept == generated.outcomes.get("kept", 0)
    assert generate_questions(quick_assistant, 50, out=out) == generated


def test_kept_questions_have_the_format_of_question_sets(
    made_up_papers: list[Paper], tmp_path: Path
) -> None:
    out = tmp_path / "mine.jsonl"
    glacier = made_up_papers[0]
    tasks = [facts_of(glacier)[0], OpenDetail(glacier, like_neighbour=True)]
    records = [question_record(task, "What is it?", f"g{i}") for i, task in enumerate(tasks)]
    out.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    answerable, open_detail = load_questions(out)
    assert answerable.papers == open_detail.papers == (glacier.title,)
    assert answerable.answers == (facts_of(glacier)[0].answer,)
    assert answerable.evidence == (facts_of(glacier)[0].sentence,)
    assert (answerable.answerable, open_detail.answerable) == (True, False)


def test_file_of_something_else_is_refused(quick_assistant: Assistant, tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text("not JSON\n", encoding="utf-8")
    with pytest.raises(InputError, match="Choose another --out"):
        generate_questions(quick_assistant, 2, out=out)


def test_question_of_a_similar_paper_is_found_whatever_its_id(small_library: Library) -> None:
    papers = {paper.title: paper for paper in small_library.catalogue.papers_in(Scope())}
    parrots = papers.pop("Teaching Parrots to Count")
    assert parrots.id.startswith("arxiv:")
    kept = [{"kind": "name", "question": "Which parrots count?", "papers": [parrots.title]}]
    [other, *_] = papers.values()
    assert _neighbours_question(small_library, other, kept) == "Which parrots count?"
    assert _neighbours_question(small_library, parrots, kept) == ""
