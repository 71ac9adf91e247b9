"""Score fusion by the weighted sum of z-scores."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assistant.retrieval.fusion import Signal, fuse

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-64, 64).map(float), min_size=1)


def test_single_ranking_gives_its_z_scores() -> None:
    # Mean 2, variance (1 + 0 + 1) / 3.
    spread = math.sqrt(2 / 3)
    fused = fuse([Signal({"a": 1.0, "b": 2.0, "c": 3.0}, weight=1.0)])
    assert [id_ for id_, _ in fused] == ["c", "b", "a"]
    assert [score for _, score in fused] == pytest.approx([1 / spread, 0.0, -1 / spread])


def test_z_scores_are_added_with_weights() -> None:
    # Both have z-scores of +1 and -1: 2 x 1 - 3 x 1 and the reverse.
    cosines = Signal({"a": 0.9, "b": 0.7}, weight=2.0)
    words = Signal({"a": 10.0, "b": 30.0}, weight=3.0)
    fused = fuse([cosines, words])
    assert [id_ for id_, _ in fused] == ["b", "a"]
    assert [score for _, score in fused] == pytest.approx([1.0, -1.0])


def test_missing_paper_gets_lowest_score_of_ranking() -> None:
    # The second ranking is 8, 4 and, for c, 4: mean 16/3, z-scores sqrt(2), -sqrt(1/2) twice.
    fused = dict(
        fuse([Signal({"a": 0.0, "b": 0.0, "c": 0.0}, 1.0), Signal({"a": 8.0, "b": 4.0}, 1.0)])
    )
    assert fused["a"] == pytest.approx(math.sqrt(2))
    assert fused["b"] == fused["c"] == pytest.approx(-math.sqrt(0.5))


def test_missing_paper_gets_missing_score_if_set() -> None:
    # 3, 3 and 0: mean 2, variance 2, z-scores sqrt(1/2) twice and -sqrt(2).
    fused = dict(
        fuse([Signal({"c": 1.0}, 0.0), Signal({"a": 3.0, "b": 3.0}, weight=1.0, missing_score=0.0)])
    )
    assert fused["a"] == fused["b"] == pytest.approx(math.sqrt(0.5))
    assert fused["c"] == pytest.approx(-math.sqrt(2))


def test_constant_or_empty_ranking_changes_nothing() -> None:
    one = Signal({"a": 1.0, "b": 3.0}, weight=1.0)
    assert fuse([one, Signal({"a": 5.0, "b": 5.0}, weight=9.0)]) == fuse([one])
    assert fuse([one, Signal({}, weight=9.0)]) == fuse([one])


def test_ties_are_in_order_of_ids() -> None:
    assert [id_ for id_, _ in fuse([Signal({"b": 1.0, "c": 1.0, "a": 1.0}, 1.0)])] == [
        "a",
        "b",
        "c",
    ]


def test_no_scores_give_empty_ranking() -> None:
    assert fuse([]) == []
    assert fuse([Signal({}, 1.0)]) == []


@given(one=SCORES, other=SCORES, scale=st.sampled_from([0.25, 0.5, 2.0, 8.0, 1024.0]))
def test_scaling_a_ranking_keeps_the_order(
    one: dict[str, float], other: dict[str, float], scale: float
) -> None:
    # Scaling by powers of two does not round, so ties stay ties.
    scaled = {id_: score * scale for id_, score in one.items()}
    before = fuse([Signal(one, 1.5), Signal(other, 1.0)])
    after = fuse([Signal(scaled, 1.5), Signal(other, 1.0)])
    assert [id_ for id_, _ in after] == [id_ for id_, _ in before]


@given(one=SCORES, other=SCORES)
def test_each_paper_occurs_once_in_descending_order_of_score(
    one: dict[str, float], other: dict[str, float]
) -> None:
    fused = fuse([Signal(one, 1.0), Signal(other, 1.0)])
    assert sorted(id_ for id_, _ in fused) == sorted({*one, *other})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
