"""The metrics that each question has, worked by hand."""

import math

import pytest
from made_up_runs import BREAD, GLACIER, PARROTS, answered, asked

from assistant.evaluation.metrics import METRICS
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question

_TWO = asked("multi", papers=(PARROTS, BREAD), facts=(("x",),))


def _value(name: str, question: Question, prediction: Prediction) -> float | None:
    return METRICS[name].value(question, prediction)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recall@1", 0),
        ("recall@3", 0.5),
        ("recall@5", 1),
        ("recall@10", 1),
        ("mrr", 1 / 2),
        # Gains at places 2 and 4 over the ideal places 1 and 2.
        ("ndcg@10", (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))),
    ],
)
def test_retrieval_of_two_papers_at_places_two_and_four(name: str, value: float) -> None:
    ranked = [GLACIER, PARROTS, "Silent Trams", BREAD]
    assert _value(name, _TWO, answered(ranked=ranked)) == pytest.approx(value)


@pytest.mark.parametrize("name", ["recall@10", "mrr", "ndcg@10"])
def test_retrieval_that_finds_nothing_scores_nothing(name: str) -> None:
    assert _value(name, _TWO, answered(ranked=[GLACIER])) == 0


def test_a_title_is_the_same_in_other_capitals_and_hyphens() -> None:
    prediction = answered(ranked=["TEACHING PARROTS-TO-COUNT"])
    assert _value("recall@1", asked(), prediction) == 1


def test_evidence_recall_is_the_share_of_the_known_sentences_that_were_shown() -> None:
    question = asked(evidence=("Six parrots learn to count.", "Half reach 93 percent."))
    shown = ["Six parrots  learn to count.", "A sentence of no use."]
    assert _value("evidence_recall", question, answered(evidence=shown)) == 0.5


def test_a_sentence_cut_at_another_place_still_counts_as_shown() -> None:
    question = asked(evidence=("Half reach 93 percent.",))
    shown = ["It works: half reach 93 percent. So it does."]
    assert _value("evidence_recall", question, answered(evidence=shown)) == 1


def test_citations_of_one_right_and_one_wrong_paper() -> None:
    prediction = answered("text", cited=[PARROTS, PARROTS, GLACIER])
    assert _value("citation_precision", _TWO, prediction) == 0.5
    assert _value("citation_recall", _TWO, prediction) == 0.5


def test_an_answer_without_citations_has_no_precision_and_no_recall_to_its_credit() -> None:
    assert _value("citation_precision", asked(), answered("text")) is None
    assert _value("citation_recall", asked(), answered("text")) == 0


@pytest.mark.parametrize("name", ["citation_precision", "citation_recall", "groundedness"])
def test_abstentions_do_not_count_for_citations_and_groundedness(name: str) -> None:
    assert _value(name, asked(), answered(abstained=True, cited=[PARROTS])) is None


def test_groundedness_is_the_share_of_sentences_that_stand_in_their_source() -> None:
    prediction = answered("text", supported=[True, False, True, True])
    assert _value("groundedness", asked(), prediction) == 0.75


@pytest.mark.parametrize(
    ("kind", "abstained", "on_answerable", "recall", "precision"),
    [
        ("name", True, 1, None, 0),
        ("name", False, 0, None, None),
        ("unanswerable", True, None, 1, 1),
        ("unanswerable", False, None, 0, None),
    ],
)
def test_abstentions_by_whether_there_is_an_answer(
    kind: str,
    abstained: bool,
    on_answerable: float | None,
    recall: float | None,
    precision: float | None,
) -> None:
    question, prediction = asked(kind), answered(abstained=abstained)
    assert _value("abstained_on_answerable", question, prediction) == on_answerable
    assert _value("abstention_recall", question, prediction) == recall
    assert _value("abstention_precision", question, prediction) == precision


def test_a_time_that_was_not_measured_is_left_out() -> None:
    prediction = answered("text", first_token_s=0.25)
    assert _value("first_token_s", asked(), prediction) == 0.25
    assert _value("total_s", asked(), prediction) is None
