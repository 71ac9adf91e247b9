"""Metrics per question, against values computed by hand."""

import math

import pytest
from run_factories import BREAD, GLACIER, PARROTS, make_prediction, make_question

from assistant.evaluation.metrics import METRICS
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question

_TWO = make_question("multi", papers=(PARROTS, BREAD), facts=(("x",),))


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
        # The gain of ranks 2 and 4, divided by that of ranks 1 and 2.
        ("ndcg@10", (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))),
    ],
)
def test_retrieval_metrics_of_papers_at_ranks_2_and_4(name: str, value: float) -> None:
    ranked = [GLACIER, PARROTS, "Silent Trams", BREAD]
    assert _value(name, _TWO, make_prediction(ranked=ranked)) == pytest.approx(value)


@pytest.mark.parametrize("name", ["recall@10", "mrr", "ndcg@10"])
def test_retrieval_metrics_without_a_hit_are_0(name: str) -> None:
    assert _value(name, _TWO, make_prediction(ranked=[GLACIER])) == 0


def test_titles_match_regardless_of_case_and_hyphens() -> None:
    prediction = make_prediction(ranked=["TEACHING PARROTS-TO-COUNT"])
    assert _value("recall@1", make_question(), prediction) == 1


def test_evidence_recall_is_the_share_of_known_sentences_shown() -> None:
    question = make_question(evidence=("Six parrots learn to count.", "Half reach 93 percent."))
    shown = ["Six parrots  learn to count.", "A sentence of no use."]
    assert _value("evidence_recall", question, make_prediction(evidence=shown)) == 0.5


def test_sentence_with_other_boundaries_counts_as_shown() -> None:
    question = make_question(evidence=("Half reach 93 percent.",))
    shown = ["It works: half reach 93 percent. So it does."]
    assert _value("evidence_recall", question, make_prediction(evidence=shown)) == 1


def test_citing_one_right_and_one_wrong_paper_gives_half() -> None:
    prediction = make_prediction("text", cited=[PARROTS, PARROTS, GLACIER])
    assert _value("citation_precision", _TWO, prediction) == 0.5
    assert _value("citation_recall", _TWO, prediction) == 0.5


def test_answer_without_citations_has_no_precision_and_zero_recall() -> None:
    assert _value("citation_precision", make_question(), make_prediction("text")) is None
    assert _value("citation_recall", make_question(), make_prediction("text")) == 0


@pytest.mark.parametrize("name", ["citation_precision", "citation_recall", "groundedness"])
def test_abstentions_have_no_citation_metrics_or_groundedness(name: str) -> None:
    assert _value(name, make_question(), make_prediction(abstained=True, cited=[PARROTS])) is None


def test_groundedness_is_the_share_of_supported_sentences() -> None:
    prediction = make_prediction("text", supported=[True, False, True, True])
    assert _value("groundedness", make_question(), prediction) == 0.75


@pytest.mark.parametrize(
    ("kind", "abstained", "on_answerable", "recall", "precision"),
    [
        ("name", True, 1, None, 0),
        ("name", False, 0, None, None),
        ("unanswerable", True, None, 1, 1),
        ("unanswerable", False, None, 0, None),
    ],
)
def test_abstention_metrics_by_answerability(
    kind: str,
    abstained: bool,
    on_answerable: float | None,
    recall: float | None,
    precision: float | None,
) -> None:
    question, prediction = make_question(kind), make_prediction(abstained=abstained)
    assert _value("abstained_on_answerable", question, prediction) == on_answerable
    assert _value("abstention_recall", question, prediction) == recall
    assert _value("abstention_precision", question, prediction) == precision


def test_missing_timing_has_no_value() -> None:
    prediction = make_prediction("text", first_token_s=0.25)
    assert _value("first_token_s", make_question(), prediction) == 0.25
    assert _value("total_s", make_question(), prediction) is None
