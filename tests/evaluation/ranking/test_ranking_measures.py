"""nDCG, recall and reciprocal rank against figures of trec_eval, and TREC files."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.ranking import trec
from assistant.evaluation.ranking.collection import TestCollection
from assistant.evaluation.ranking.measures import MEASURES, measure_rankings

_RELEVANCE = {
    "q1": {"d1": 2, "d2": 1, "d3": 0},
    "q2": {"d2": 1},
    "q3": {"d5": 1, "d6": 1},
    "q4": {"d1": 0},
}
_RUN = """\
q1 Q0 d3 1 9.0 them
q1 Q0 d2 2 8.0 them
q1 Q0 d1 3 7.5 them
q2 Q0 d1 1 3.0 them
q2 Q0 d2 2 3.0 them
q4 Q0 d1 1 1.0 them
"""


@pytest.fixture
def collection() -> TestCollection:
    return TestCollection("tiny", {}, dict.fromkeys(_RELEVANCE, "What?"), _RELEVANCE)


def _run(folder: Path, text: str) -> Path:
    path = folder / "them.trec"
    path.write_text(text, encoding="utf-8")
    return path


def test_measures_are_those_of_trec_eval(tmp_path: Path) -> None:
    rankings = trec.read_run(_run(tmp_path, _RUN))
    ranked = {query: [one for one, _ in ranking] for query, ranking in rankings.items()}
    # pytrec_eval gives ndcg_cut_10 0.6199 (q1) and 1 (q2: equal scores, the later id comes first).
    assert MEASURES["ndcg@10"](ranked["q1"], _RELEVANCE["q1"]) == pytest.approx(0.6199, abs=1e-4)
    assert MEASURES["ndcg@10"](ranked["q2"], _RELEVANCE["q2"]) == 1
    assert MEASURES["mrr"](ranked["q1"], _RELEVANCE["q1"]) == 0.5
    assert MEASURES["recall@10"](ranked["q1"], _RELEVANCE["q1"]) == 1


def test_query_without_ranking_counts_as_0_and_without_relevant_document_not(
    collection: TestCollection, tmp_path: Path
) -> None:
    result = measure_rankings("them", trec.read_run(_run(tmp_path, _RUN)), collection)
    assert result.measures["recall@100"].n == 3
    assert result.measures["recall@100"].value == pytest.approx(2 / 3)


def test_document_with_the_id_of_the_query_is_left_out(collection: TestCollection) -> None:
    result = measure_rankings("them", {"q2": [("q2", 2.0), ("d2", 1.0)]}, collection.first(2))
    assert result.measures["mrr"].value == pytest.approx(1 / 2)  # of q1 and q2


def test_written_run_is_read_back_equal(tmp_path: Path) -> None:
    ranking = [("b", 0.5), ("a", 0.25)]
    path = _run(tmp_path, "".join(trec.run_lines("q1", ranking, "ours")))
    assert trec.read_run(path) == {"q1": ranking}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q1 Q0 d1 1 9.0\n", "line 1: 5 columns"),
        ("q1 Q0 d1 1 high them\n", "'high' is no number"),
        ("\n", "is empty"),
    ],
)
def test_malformed_run_is_rejected_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        trec.read_run(_run(tmp_path, text))
