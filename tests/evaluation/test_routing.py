"""How often questions are planned as the right kind (``assistant eval routing``)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from run_factories import make_question

from assistant.answering import Assistant, Turn
from assistant.cli import main
from assistant.errors import InputError, ModelError
from assistant.evaluation import load_questions
from assistant.evaluation.questions import KINDS, Question
from assistant.evaluation.routing import (
    RoutedQuestion,
    Routing,
    expected_kinds,
    measure_routing,
    planned_kind,
    select_questions,
)
from assistant.library import Library
from assistant.settings import Settings

# No model with this name is on the machine, so that loading it fails.
WITHOUT_MODEL = Settings(model="no-such-model.gguf")

OVERVIEW = {
    "id": "o1",
    "kind": "overview",
    "question": "Give me an overview of the library.",
    "themes": [{"name": "ice", "any": ["glacier"], "papers": ["Glacier Melt Seen from Balloons"]}],
    "split": "dev",
}
SMALLTALK = {"id": "s1", "kind": "smalltalk", "question": "hello", "split": "test"}
# Labelled as an overview, and planned as what it is.
WRONG = {**OVERVIEW, "id": "w1", "question": "How many glaciers were followed?"}
FOREIGN = {
    "id": "f1",
    "kind": "foreign",
    "question": "Wie viele Gletscher wurden verfolgt?",
    "answers": ["14"],
    "split": "dev",
}


@pytest.fixture
def assistant(small_library: Library) -> Iterator[Assistant]:
    """An assistant over the five made-up papers, whose model cannot be loaded."""
    with Assistant.open(small_library.folder, settings=WITHOUT_MODEL, samples=False) as assistant:
        yield assistant


def questions_in(folder: Path, *records: dict[str, Any], name: str = "broad-set") -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def ask(text: str, kind: str = "number", **fields: Any) -> Question:
    return make_question(kind, text=text, **fields)


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("How many glaciers were followed?", "fact"),
        ("Give me an overview of the library.", "overview"),
        ("Which paper reports the highest accuracy?", "superlative"),
        ("Who wrote the paper about glaciers?", "metadata"),
        ("hello", "smalltalk"),
    ],
)
def test_kind_is_planned_without_the_model(assistant: Assistant, text: str, planned: str) -> None:
    assert planned_kind(assistant, ask(text)) == planned


def test_plan_is_the_one_that_the_answer_is_made_with(quick_assistant: Assistant) -> None:
    for text in ("Which paper reports the highest accuracy?", "hello"):
        assert planned_kind(quick_assistant, ask(text)) == quick_assistant.ask(text).kind


def test_follow_up_is_planned_with_its_history(assistant: Assistant) -> None:
    before = (Turn("What do parrots count?", "The parrots count walnuts up to eight. [1]"),)
    assert planned_kind(assistant, ask("shorter please", history=before)) == "revision"
    assert planned_kind(assistant, ask("shorter please")) != "revision"


def test_only_a_question_in_another_language_needs_the_model(assistant: Assistant) -> None:
    with pytest.raises(ModelError):
        planned_kind(assistant, ask(str(FOREIGN["question"])))


def test_step_kinds_switched_off_makes_every_question_a_fact(small_library: Library) -> None:
    settings = WITHOUT_MODEL.updated({"steps": "-kinds"})
    with Assistant.open(small_library.folder, settings=settings, samples=False) as assistant:
        assert planned_kind(assistant, ask("hello", "smalltalk")) == "fact"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (make_question("number"), ("fact",)),
        (make_question("unanswerable"), ("fact",)),
        (make_question("verdict", answers=("yes",)), ("fact",)),
        (make_question("collection", subject="topic"), ("list", "keyword")),
        (make_question("collection", subject="comparison"), ("fact",)),
        (make_question("cross-verdict"), ("synthesis",)),
        (make_question("existence"), ("list", "keyword")),
        (make_question("multi-turn"), ("fact", "revision")),
        (make_question("foreign"), ()),
        (make_question("unanswerable-broad"), ()),
    ],
)
def test_right_kinds_follow_from_the_kind_of_the_set(
    question: Question, expected: tuple[str, ...]
) -> None:
    assert expected_kinds(question) == expected


def test_only_kinds_that_any_plan_may_answer_have_no_right_plan() -> None:
    without = {kind for kind in KINDS if not expected_kinds(make_question(kind))}
    assert without == {"messy", "foreign", "unanswerable-broad"}


def test_shares_and_confusions_are_counted_by_hand() -> None:
    fact, talk = make_question("number"), make_question("smalltalk")
    routing = Routing(
        "mine",
        (
            RoutedQuestion(fact, ("fact",), "fact"),
            RoutedQuestion(fact, ("fact",), "synthesis"),
            RoutedQuestion(fact, ("fact",), "synthesis"),
            RoutedQuestion(talk, ("smalltalk",), "fact"),
            RoutedQuestion(talk, ("smalltalk", "revision"), "revision"),
        ),
        left_out=0,
    )
    assert (routing.right.value, routing.right.n) == (0.4, 5)
    assert routing.right.low is not None
    assert {kind: share.n for kind, share in routing.by_kind.items()} == {
        "number": 3,
        "smalltalk": 2,
    }
    assert list(routing.confusions.items()) == [
        (("fact", "synthesis"), 2),
        (("smalltalk", "fact"), 1),
    ]


def test_questions_of_any_kind_are_left_out_and_counted(
    assistant: Assistant, tmp_path: Path
) -> None:
    questions = load_questions(questions_in(tmp_path, OVERVIEW, FOREIGN))
    progress: list[int] = []
    routing = measure_routing(assistant, questions, "mine", lambda one: progress.append(one.done))
    assert [one.question.id for one in routing.routed] == ["o1"]
    assert routing.left_out == 1
    assert progress == [0, 1]


def test_split_selects_one_half() -> None:
    broad = load_questions("broad")
    halves = [select_questions(broad, "broad", split=half) for half in ("dev", "test")]
    assert sum(map(len, halves)) == len(broad)
    assert not {one.id for one in halves[0]} & {one.id for one in halves[1]}


@pytest.mark.parametrize("name", ["sample", "own-words", "verdicts", "conversations"])
def test_about_half_of_a_closed_set_is_held_out(name: str) -> None:
    questions = load_questions(name)
    kept = select_questions(questions, name, held_out=True)
    assert 0.4 < len(kept) / len(questions) < 0.6


@pytest.mark.parametrize("name", ["broad", "metadata", "mine"])
def test_all_questions_of_other_sets_are_held_out(name: str) -> None:
    questions = load_questions("broad")
    assert select_questions(questions, name, held_out=True) == questions


def test_set_without_halves_is_rejected() -> None:
    with pytest.raises(InputError, match="sample has no dev half"):
        select_questions(load_questions("sample"), "sample", split="dev")


def test_command_prints_shares_and_confusions_of_each_set(
    small_library: Library,
    questions_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broad = questions_in(tmp_path, OVERVIEW, SMALLTALK, WRONG, FOREIGN)
    command = ["eval", "routing", "--questions", str(broad), "--questions", str(questions_file)]
    command += ["--library", str(small_library.folder), "--set", f"model={WITHOUT_MODEL.model}"]
    assert main(command) == 0
    shown = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["overview", "1", "2", "0.500", "0.000", "to", "1.000"] in shown
    assert ["overview", "as", "fact", "1"] in shown
    assert " ".join(shown[0]) == "broad-set: 3 questions; 1 that may be of any kind are left out"
    assert ["made-up:", "6", "questions"] in shown


def test_command_as_json_has_each_question_with_both_kinds(
    small_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broad = questions_in(tmp_path, OVERVIEW, SMALLTALK, WRONG)
    command = ["eval", "routing", "--questions", str(broad), "--split", "dev", "--json"]
    assert main([*command, "--library", str(small_library.folder)]) == 0
    [found] = json.loads(capsys.readouterr().out)
    assert (found["set"], found["n"], found["right"]["value"]) == ("broad-set", 2, 0.5)
    assert found["confusions"] == [{"expected": "overview", "planned": "fact", "n": 1}]
    assert found["questions"] == [
        {"id": "o1", "kind": "overview", "expected": ["overview"], "planned": "overview"},
        {"id": "w1", "kind": "overview", "expected": ["overview"], "planned": "fact"},
    ]


def test_claims_with_abstracts_are_planned_over_these_abstracts(
    models_cache: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = {"id": "c1", "claim": "Parrots count walnuts.", "abstract": "Parrots count walnuts."}
    claims = questions_in(tmp_path, {**claim, "answer": "true"}, name="claims")
    assert main(["eval", "routing", "--questions", str(claims), "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)
    assert found["questions"][0]["planned"] == "fact"


@pytest.mark.parametrize(
    ("records", "options", "expected"),
    [
        ([], ["--questions", "riddles"], "There is no question set 'riddles'"),
        ([], ["--questions", "sample", "--split", "dev"], "sample has no dev half"),
        ([FOREIGN], [], "broad-set has no questions whose kind says how to plan them"),
        ([{"id": "a", "question": "Why?"}], [], "'kind' must be a non-empty text"),
        ([OVERVIEW], ["--set", "beauty=1"], "beauty"),
    ],
)
def test_command_rejects_wrong_input_with_exit_code_2(
    records: list[dict[str, Any]],
    options: list[str],
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["eval", "routing", *options]
    if records:
        command += ["--questions", str(questions_in(tmp_path, *records))]
    assert main(command) == 2
    error = capsys.readouterr().err
    assert error.startswith("Error: ")
    assert expected in error
