"""How several rankings of papers become one: the weighted sum of their z-scores."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assistant.retrieval.fusion import Signal, fuse

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-64, 64).map(float), min_size=1)


def test_one_ranking_becomes_its_z_scores() -> None:
    # Mean 2, variance (1 + 0 + 1) / 3.
    spread = math.sqrt(2 / 3)
    fused = fuse([Signal({"a": 1.0, "b": 2.0, "c": 3.0}, weight=1.0)])
    assert [id_ for id_, _ in fused] == ["c", "b", "a"]
    assert [score for _, score in fused] == pytest.approx([1 / spread, 0.0, -1 / spread])


def test_rankings_are_added_by_their_weights_whatever_their_units() -> None:
    # Both have z-scores of +1 and -1: 2 x 1 - 3 x 1 and the reverse.
    cosines = Signal({"a": 0.9, "b": 0.7}, weight=2.0)
    words = Signal({"a": 10.0, "b": 30.0}, weight=3.0)
    fused = fuse([cosines, words])
    assert [id_ for id_, _ in fused] == ["b", "a"]
    assert [score for _, score in fused] == pytest.approx([1.0, -1.0])


def test_a_paper_that_a_ranking_leaves_out_has_its_lowest_score() -> None:
    # The second ranking is 8, 4 and, for c, 4: mean 16/3, z-scores sqrt(2), -sqrt(1/2) twice.
    fused = dict(
        fuse([Signal({"a": 0.0, "b": 0.0, "c": 0.0}, 1.0), Signal({"a": 8.0, "b": 4.0}, 1.0)])
    )
    assert fused["a"] == pytest.approx(math.sqrt(2))
    assert fused["b"] == fused["c"] == pytest.approx(-math.sqrt(0.5))


def test_or_the_score_that_the_ranking_gives_for_absence() -> None:
    # 3, 3 and 0: mean 2, variance 2, z-scores sqrt(1/2) twice and -sqrt(2).
    fused = dict(
        fuse([Signal({"c": 1.0}, 0.0), Signal({"a": 3.0, "b": 3.0}, weight=1.0, absent=0.0)])
    )
    assert fused["a"] == fused["b"] == pytest.approx(math.sqrt(0.5))
    assert fused["c"] == pytest.approx(-math.sqrt(2))


def test_a_ranking_that_tells_nothing_apart_changes_nothing() -> None:
    one = Signal({"a": 1.0, "b": 3.0}, weight=1.0)
    assert fuse([one, Signal({"a": 5.0, "b": 5.0}, weight=9.0)]) == fuse([one])
    assert fuse([one, Signal({}, weight=9.0)]) == fuse([one])


def test_ties_are_in_the_order_of_the_ids() -> None:
    assert [id_ for id_, _ in fuse([Signal({"b": 1.0, "c": 1.0, "a": 1.0}, 1.0)])] == [
        "a",
        "b",
        "c",
    ]


def test_nothing_fused_is_nothing() -> None:
    assert fuse([]) == []
    assert fuse([Signal({}, 1.0)]) == []


@given(one=SCORES, other=SCORES, scale=st.sampled_from([0.25, 0.5, 2.0, 8.0, 1024.0]))
def test_the_unit_of_a_ranking_does_not_matter(
    one: dict[str, float], other: dict[str, float], scale: float
) -> None:
    # Powers of two scale without rounding, so that ties stay ties.
    scaled = {id_: score * scale for id_, score in one.items()}
    before = fuse([Signal(one, 1.5), Signal(other, 1.0)])
    after = fuse([Signal(scaled, 1.5), Signal(other, 1.0)])
    assert [id_ for id_, _ in after] == [id_ for id_, _ in before]


@given(one=SCORES, other=SCORES)
def test_each_paper_comes_once_and_the_scores_fall(
    one: dict[str, float], other: dict[str, float]
) -> None:
    fused = fuse([Signal(one, 1.0), Signal(other, 1.0)])
    assert sorted(id_ for id_, _ in fused) == sorted({*one, *other})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
