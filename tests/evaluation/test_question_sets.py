"""Question sets: the shipped ones, the file format, and errors in files."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from run_factories import make_prediction

from assistant.errors import InputError
from assistant.evaluation import load_questions, question_name, select
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.papers import sample_papers

_NAME = {
    "id": "q1",
    "kind": "name",
    "question": "Which test did the parrots take?",
    "papers": ["Teaching Parrots to Count"],
    "answers": ["WalnutBench"],
}


def _file(folder: Path, *records: Any) -> Path:
    path = folder / "questions.jsonl"
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_sample_set_covers_every_sample_paper_and_kind() -> None:
    questions = load_questions("sample")
    of_paper = Counter(title for question in questions for title in question.papers)
    kinds = Counter(question.kind for question in questions)
    assert set(of_paper) == {paper.title for paper in sample_papers()}
    assert min(of_paper.values()) >= 3
    assert set(kinds) == {"number", "name", "paraphrase", "explain", "multi", "unanswerable"}
    assert kinds["multi"] >= 40
    assert kinds["unanswerable"] >= 100


def test_sample_set_evidence_is_from_its_papers_and_contains_the_answer() -> None:
    abstracts = {paper.title: paper.abstract for paper in sample_papers()}
    for question in load_questions("sample"):
        sources = [abstracts[title] for title in question.papers]
        for sentence in question.evidence:
            assert any(sentence in source for source in sources), question.id
        if question.answers:
            assert answer_score(question, make_prediction(" ".join(question.evidence))) == 1, (
                question.id
            )


@pytest.mark.parametrize("name", ["seed_questions", "pubmedqa_dev", "scifact_dev"])
def test_shared_question_set_loads_every_line(name: str, shared_folder: Path) -> None:
    path = shared_folder / "eval" / f"{name}.jsonl"
    assert len(load_questions(path)) == len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("look", [load_questions, question_name])
def test_inaccessible_question_set_path_is_rejected(look: Callable[[str], Any]) -> None:
    # A folder without read permission fails alike, but not for root.
    with pytest.raises(InputError, match="cannot be accessed: File name too long"):
        look("a" * 300)


def test_unknown_fields_are_ignored(tmp_path: Path) -> None:
    (question,) = load_questions(_file(tmp_path, {**_NAME, "difficulty": 3}))
    assert question.answers == ("WalnutBench",)


def test_claim_becomes_a_true_or_false_question_with_its_abstract(tmp_path: Path) -> None:
    claim = {"id": "c", "claim": "Parrots count.", "title": "T", "abstract": "A.", "answer": "true"}
    (question,) = load_questions(_file(tmp_path, claim))
    assert question.text == "True or false: Parrots count."
    assert question.verdicts == ("true", "false")
    assert question.abstract is not None
    assert (question.abstract.title, question.abstract.abstract) == ("T", "A.")


def test_verdict_question_without_a_title_gets_a_neutral_one(tmp_path: Path) -> None:
    record = {"id": "7", "question": "Do parrots count?", "abstract": "A.", "answer": "maybe"}
    (question,) = load_questions(_file(tmp_path, record))
    assert question.papers == ("Abstract 7",)
    assert question.verdicts == ("yes", "no", "maybe")


def test_verdict_question_can_be_about_library_papers(tmp_path: Path) -> None:
    about = {"id": "c", "kind": "verdict", "claim": "Parrots count.", "papers": ["P"]}
    (question,) = load_questions(_file(tmp_path, {**about, "answer": "false"}))
    assert question.text == "True or false: Parrots count."
    assert (question.answers, question.papers) == (("false",), ("P",))
    assert question.abstract is None


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ({**_NAME, "id": ""}, "'id' must be a non-empty text"),
        ({**_NAME, "id": "q0"}, "'q0' is already used"),
        ({**_NAME, "kind": "riddle"}, "unknown kind 'riddle'"),
        ({**_NAME, "papers": "Teaching Parrots"}, "'papers' must be a non-empty list"),
        ({**_NAME, "answers": []}, "'answers' must be a non-empty list"),
        ({**_NAME, "answers": [3]}, "'answers' must be a non-empty text"),
        ({**_NAME, "kind": "explain"}, "'facts' must be a list"),
        ({"id": "v", "question": "Q?", "abstract": "A.", "answer": "perhaps"}, "unknown verdict"),
    ],
)
def test_malformed_line_is_rejected_with_line_and_reason(
    tmp_path: Path, wrong: Any, expected: str
) -> None:
    path = _file(tmp_path, {**_NAME, "id": "q0"}, wrong)
    with pytest.raises(InputError, match="line 2") as caught:
        load_questions(path)
    assert expected in str(caught.value)


def test_unknown_set_error_lists_the_shipped_sets() -> None:
    with pytest.raises(InputError, match="sample"):
        load_questions("no-such-set")


def test_empty_question_set_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        load_questions(_file(tmp_path, ""))


def test_verdict_questions_with_abstracts_do_not_mix_with_others(tmp_path: Path) -> None:
    verdict = {"id": "v", "question": "Q?", "abstract": "A.", "answer": "yes"}
    with pytest.raises(InputError, match="two files"):
        load_questions(_file(tmp_path, _NAME, verdict))


def test_limit_takes_kinds_in_turn_and_keeps_file_order() -> None:
    questions = load_questions("sample")
    chosen = select(questions, limit=12)
    assert Counter(question.kind for question in chosen) == dict.fromkeys(
        ("number", "name", "paraphrase", "explain", "multi", "unanswerable"), 2
    )
    assert chosen == [question for question in questions if question in chosen]


def test_select_returns_only_the_named_kinds() -> None:
    chosen = select(load_questions("sample"), kinds=["number", "multi"])
    assert {question.kind for question in chosen} == {"number", "multi"}


def test_select_rejects_a_kind_that_the_set_lacks() -> None:
    with pytest.raises(InputError, match="riddle"):
        select(load_questions("sample"), kinds=["riddle"])
