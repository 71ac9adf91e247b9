"""Collection questions: the shipped set, and the scores of lists."""

import json
from collections import Counter
from pathlib import Path

import pytest
from run_factories import BREAD, GLACIER, PARROTS, make_prediction, make_question

from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.measure import measure
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import SUBJECTS
from assistant.papers import sample_papers

_TWO = make_question("collection", papers=(PARROTS, BREAD), borderline=(GLACIER,), subject="topic")
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


def test_collection_set_has_two_equal_halves_and_every_subject() -> None:
    questions = load_questions("collection")
    halves = Counter(question.id.rpartition("-")[0] for question in questions)
    assert halves["development"] == halves["held-out"] >= 20
    assert {question.subject for question in questions} == set(SUBJECTS)
    assert {question.kind for question in questions} == {"collection"}


def test_collection_set_lists_sample_papers_without_borderline_ones() -> None:
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
def test_list_is_scored_by_set_precision_recall_and_f1(
    cited: list[str], values: list[float | None]
) -> None:
    assert _values(make_prediction("A list.", cited=cited)) == values


def test_borderline_papers_are_ignored() -> None:
    assert _values(make_prediction("A list.", cited=[PARROTS, GLACIER])) == [1, 0.5, 2 / 3]
    assert _values(make_prediction("A list.", cited=[GLACIER])) == [None, 0, 0]


def test_citations_of_an_abstention_are_not_counted_as_listed() -> None:
    assert _values(make_prediction(abstained=True, cited=[PARROTS])) == [None, 0, 0]


def test_set_metrics_apply_to_collection_questions_only() -> None:
    prediction = make_prediction("text", cited=[PARROTS])
    assert METRICS["set_precision"].value(make_question(), prediction) is None
    assert METRICS["set_recall"].value(make_question(), prediction) is None


def test_answer_score_of_a_list_is_its_f1() -> None:
    assert answer_score(_TWO, make_prediction("A list.", cited=[PARROTS])) == 2 / 3


def test_set_metrics_are_also_computed_per_subject() -> None:
    named = make_question("collection", id="q2", papers=(PARROTS,), subject="name")
    results = [
        (_TWO, make_prediction("A list.", cited=[PARROTS])),
        (named, make_prediction("A list.", id="q2", cited=[PARROTS])),
    ]
    figures = measure(results).named
    assert figures["set_recall"].value == 0.75
    assert figures["set_recall.topic"].value == 0.5
    assert figures["set_recall.name"].value == 1
    assert figures["set_recall.number"].value is None


def test_collection_question_is_loaded_with_subject_and_borderline_papers(tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    path.write_text(json.dumps(_RECORD))
    (question,) = load_questions(path)
    assert (question.subject, question.papers) == ("name", (PARROTS,))
    assert question.borderline == (BREAD,)


def test_unknown_subject_is_rejected_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    path.write_text(json.dumps(_RECORD | {"subject": "weather"}))
    with pytest.raises(InputError, match=r"line 1: unknown subject 'weather'"):
        load_questions(path)
