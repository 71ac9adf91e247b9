"""Questions about the collection: the set that ships, and how a list is scored."""

import json
from collections import Counter
from pathlib import Path

import pytest
from made_up_runs import BREAD, GLACIER, PARROTS, answered, asked

from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.measure import measure
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import SUBJECTS
from assistant.papers import sample_papers

_TWO = asked("collection", papers=(PARROTS, BREAD), borderline=(GLACIER,), subject="topic")
_FERRY = "Ferries That Run on Milk"

_RECORD = {
    "id": "c1",
    "kind": "collection",
    "subject": "name",
    "question": "Which papers use WalnutBench?",
    "papers": [PARROTS],
    "borderline": [BREAD],
}


def _values(prediction: Prediction) -> list[float | None]:
    names = ("set_precision", "set_recall", "set_f1")
    return [METRICS[name].value(_TWO, prediction) for name in names]


def test_the_set_has_forty_questions_in_two_halves_about_every_subject() -> None:
    questions = load_questions("collection")
    halves = Counter(question.id.rpartition("-")[0] for question in questions)
    assert halves["development"] == halves["held-out"] >= 20
    assert {question.subject for question in questions} == set(SUBJECTS)
    assert {question.kind for question in questions} == {"collection"}


def test_the_lists_of_the_set_are_of_sample_papers_and_borderline_ones_are_not_in_them() -> None:
    titles = {paper.title for paper in sample_papers()}
    for question in load_questions("collection"):
        assert set(question.papers) | set(question.borderline) <= titles, question.id
        assert not set(question.papers) & set(question.borderline), question.id


@pytest.mark.parametrize(
    ("cited", "values"),
    [
        ([PARROTS, BREAD], [1, 1, 1]),
        ([PARROTS], [1, 0.5, 2 / 3]),
        ([PARROTS, BREAD, _FERRY], [2 / 3, 1, 4 / 5]),
        ([_FERRY], [0, 0, 0]),
        ([], [None, 0, 0]),
    ],
)
def test_a_list_is_scored_as_a_set(cited: list[str], values: list[float | None]) -> None:
    assert _values(answered("A list.", cited=cited)) == values


def test_a_borderline_paper_is_neither_right_nor_wrong() -> None:
    assert _values(answered("A list.", cited=[PARROTS, GLACIER])) == [1, 0.5, 2 / 3]
    assert _values(answered("A list.", cited=[GLACIER])) == [None, 0, 0]


def test_an_abstention_lists_nothing_whatever_it_quotes() -> None:
    assert _values(answered(abstained=True, cited=[PARROTS])) == [None, 0, 0]


def test_other_questions_have_no_set() -> None:
    prediction = answered("text", cited=[PARROTS])
    assert METRICS["set_precision"].value(asked(), prediction) is None
    assert METRICS["set_recall"].value(asked(), prediction) is None


def test_the_answer_score_of_a_list_is_its_f1() -> None:
    assert answer_score(_TWO, answered("A list.", cited=[PARROTS])) == 2 / 3


def test_the_figures_are_given_for_each_subject_too() -> None:
    named = asked("collection", id="q2", papers=(PARROTS,), subject="name")
    results = [
        (_TWO, answered("A list.", cited=[PARROTS])),
        (named, answered("A list.", id="q2", cited=[PARROTS])),
    ]
    figures = measure(results).named
    assert figures["set_recall"].value == 0.75
    assert figures["set_recall.topic"].value == 0.5
    assert figures["set_recall.name"].value == 1
    assert figures["set_recall.number"].value is None


def test_a_line_of_a_collection_set_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    path.write_text(json.dumps(_RECORD))
    (question,) = load_questions(path)
    assert (question.subject, question.papers) == ("name", (PARROTS,))
    assert question.borderline == (BREAD,)


def test_an_unknown_subject_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    path.write_text(json.dumps(_RECORD | {"subject": "weather"}))
    with pytest.raises(InputError, match=r"line 1: unknown subject 'weather'"):
        load_questions(path)
