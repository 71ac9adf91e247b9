"""Follow-up questions: their format, how they are asked, and the shipped set."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from run_factories import (
    GLACIER,
    PARROTS,
    QUICK,
    best_prediction,
    make_prediction,
    make_run,
    record_of,
)

from assistant import Assistant
from assistant.answering import Turn
from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import Question, compare, evaluate, load_questions
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.report.page import page
from assistant.library import Library
from assistant.papers import sample_papers

_FOLLOW_UP = {
    "id": "q1",
    "kind": "name",
    "history": [{"question": "How high do parrots count?", "answer": "Up to eight. [1]"}],
    "question": "on which test?",
    "standalone": "On which test do parrots count?",
    "papers": [PARROTS],
    "answers": ["WalnutBench"],
}
_ALONE = {
    "id": "q2",
    "kind": "name",
    "question": "Which method finds cracks in glaciers?",
    "papers": [GLACIER],
    "answers": ["IceTrack"],
}


def _file(folder: Path, *records: Any) -> Path:
    path = folder / "conversations.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


@pytest.fixture
def conversations_file(tmp_path: Path) -> Path:
    """A follow-up and a question without a history, about the made-up papers."""
    return _file(tmp_path, _FOLLOW_UP, _ALONE)


# -- the format -----------------------------------------------------------------------------


def test_follow_up_is_loaded_with_history_and_standalone_form(conversations_file: Path) -> None:
    follow_up, alone = load_questions(conversations_file)
    assert follow_up.history == (Turn("How high do parrots count?", "Up to eight. [1]"),)
    assert follow_up.standalone == "On which test do parrots count?"
    assert (alone.history, alone.standalone) == ((), None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"history": "How high?"}, "'history' must be a list of turns"),
        ({"history": ["How high?"]}, "'history' must be a list of turns"),
        ({"history": [{"question": "How high?"}]}, "in a turn of 'history', 'answer' must be"),
        ({"history": [{"answer": "Eight."}]}, "in a turn of 'history', 'question' must be"),
        ({"history": []}, "needs both a 'history' and a 'standalone'"),
        ({"standalone": ""}, "needs both a 'history' and a 'standalone'"),
        ({"standalone": ["On which test?"]}, "'standalone' must be a non-empty text"),
    ],
)
def test_malformed_follow_up_is_rejected_with_line_and_reason(
    tmp_path: Path, change: dict[str, Any], expected: str
) -> None:
    path = _file(tmp_path, _ALONE, {**_FOLLOW_UP, **change})
    with pytest.raises(InputError, match="line 2") as caught:
        load_questions(path)
    assert expected in str(caught.value)


# -- how a follow-up is asked ---------------------------------------------------------------


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_follow_up_is_asked_with_its_history(
    quick_assistant: Assistant, conversations_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(conversations_file)
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    follow_up, alone = _lines(out)
    asked = quick_assistant.ask(questions[0].text, questions[0].history)
    assert follow_up["question"] == "on which test?"
    assert follow_up["standalone_question"] == asked.standalone_question
    # Without its history, the same question is not rewritten.
    assert asked.standalone_question != quick_assistant.ask("on which test?").standalone_question
    assert alone["standalone_question"] == alone["question"] == questions[1].text


def test_standalone_run_asks_standalone_forms_under_the_same_ids(
    small_library: Library, models_cache: None, conversations_file: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "standalone.jsonl", tmp_path / "report"
    command = ["eval", "run", "--standalone", "--questions", str(conversations_file)]
    command += ["--library", str(small_library.folder), "--model", QUICK.model]
    command += ["--set", "max_answer_tokens=8", "--set", "abstention_threshold=0"]
    assert main([*command, "--out", str(out), "--report", str(report)]) == 0
    assert [(line["id"], line["question"]) for line in _lines(out)] == [
        ("q1", _FOLLOW_UP["standalone"]),
        ("q2", _ALONE["question"]),
    ]
    assert main(["eval", "compare", str(out), str(out)]) == 0
    shown = (report / "report.html").read_text(encoding="utf-8")
    assert "understood as: On which test do parrots count?" in shown


def test_standalone_answers_are_not_mixed_with_answers_to_follow_ups(
    quick_assistant: Assistant, conversations_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(conversations_file)
    out = tmp_path / "predictions.jsonl"
    evaluate(quick_assistant, questions, out=out)
    with pytest.raises(InputError, match="standalone questions"):
        evaluate(quick_assistant, questions, standalone=True, out=out)


def test_standalone_option_is_rejected_for_a_set_without_follow_ups(
    models_cache: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, _ALONE)
    command = ["eval", "run", "--standalone", "--questions", str(path), "--model", QUICK.model]
    assert main([*command, "--out", str(tmp_path / "predictions.jsonl")]) == 2
    assert "leave out --standalone" in capsys.readouterr().err


def test_comparison_with_standalone_run_shows_losses_on_follow_ups(
    conversations_file: Path,
) -> None:
    follow_up, alone = load_questions(conversations_file)
    good = (best_prediction(follow_up), best_prediction(alone))
    misunderstood = replace(good[0], sentences=make_prediction("In the oven.").sentences)
    standalone = make_run((follow_up, good[0]), (alone, good[1]), system="standalone")
    with_history = make_run((follow_up, misunderstood), (alone, good[1]))
    found = compare(standalone, with_history)
    assert [(one.question.id, one.score_before, one.score_after) for one in found.changed] == [
        ("q1", 1.0, 0.0)
    ]


def test_report_shows_history_and_interpretation_of_follow_ups(
    conversations_file: Path,
) -> None:
    follow_up, alone = load_questions(conversations_file)
    understood = replace(
        best_prediction(follow_up), standalone_question="Which test did parrots take?"
    )
    as_it_is = replace(best_prediction(alone), standalone_question=alone.text)
    shown = page(make_run((follow_up, understood), (alone, as_it_is)))
    assert "<b>How high do parrots count?</b> Up to eight. [1]" in shown
    assert "understood as: Which test did parrots take?" in shown
    assert shown.count("understood as:") == 1


def test_standalone_question_of_a_prediction_is_read_back() -> None:
    record = {
        **record_of(make_prediction()),
        "standalone_question": "What is asked of the parrots?",
    }
    assert Prediction.from_dict(record).standalone_question == "What is asked of the parrots?"


# -- the shipped set ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def conversations() -> Sequence[Question]:
    return load_questions("conversations")


@pytest.fixture(scope="module")
def abstracts() -> dict[str, str]:
    return {paper.title: paper.abstract for paper in sample_papers()}


def test_conversations_set_covers_turns_kinds_and_papers(conversations: Sequence[Question]) -> None:
    turns = Counter(len(question.history) + 1 for question in conversations)
    kinds = Counter(question.kind for question in conversations)
    assert turns.keys() == {2, 3}
    assert turns[2] >= 44
    assert turns[3] >= 22
    assert kinds.keys() == {"number", "name", "explain", "multi", "unanswerable"}
    assert min(kinds.values()) >= 8
    assert len({title for question in conversations for title in question.papers}) >= 50


def test_conversations_end_with_different_questions(conversations: Sequence[Question]) -> None:
    texts = [question.text.casefold().rstrip("?") for question in conversations]
    assert len(set(texts)) == len(texts)


def test_conversations_are_about_sample_papers(
    conversations: Sequence[Question], abstracts: dict[str, str]
) -> None:
    assert {title for one in conversations for title in one.papers} <= abstracts.keys()


def test_conversations_evidence_is_from_their_papers_and_covers_each(
    conversations: Sequence[Question], abstracts: dict[str, str]
) -> None:
    for question in conversations:
        sources = [abstracts[title] for title in question.papers]
        for sentence in question.evidence:
            assert any(sentence in source for source in sources), question.id
        if question.answerable:
            for source in sources:
                assert any(sentence in source for sentence in question.evidence), question.id


def test_conversations_evidence_contains_the_complete_answer(
    conversations: Sequence[Question],
) -> None:
    for question in conversations:
        if question.answerable:
            assert answer_score(question, make_prediction(" ".join(question.evidence))) == 1, (
                question.id
            )


def test_conversations_history_does_not_contain_the_answer(
    conversations: Sequence[Question],
) -> None:
    for question in conversations:
        if question.answerable:
            earlier = make_prediction(" ".join(turn.answer for turn in question.history))
            assert answer_score(question, earlier) < 1, question.id


def test_conversations_earlier_answers_end_with_a_citation(
    conversations: Sequence[Question],
) -> None:
    for question in conversations:
        for turn in question.history:
            assert re.search(r"[.!] \[\d\]$", turn.answer), question.id


def test_retrieval_finds_papers_for_standalone_forms_but_often_not_for_follow_ups(
    conversations: Sequence[Question], sample_library_folder: Path
) -> None:
    some = conversations[::3]
    with Assistant.open(sample_library_folder, samples=False) as assistant:

        def found(text: str, question: Question) -> bool:
            first = assistant.search(text).papers[:5]
            return set(question.papers) <= {ranked.paper.title for ranked in first}

        standalone = [found(one.standalone or "", one) for one in some]
        follow_up = [found(one.text, one) for one in some]
    assert sum(standalone) >= 0.95 * len(some)
    assert sum(follow_up) <= 0.65 * len(some)
