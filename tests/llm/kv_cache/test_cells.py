"""Cells of prompts: common prefixes and segments."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.cells import (
    Cell,
    RestoredCell,
    common_prefix_length,
    contiguous_ranges,
    segments,
    token_of,
)

A0, A1, A2 = (RestoredCell("a", index, 70 + index) for index in range(3))
B0 = RestoredCell("b", 0, 80)


def test_common_prefix_of_tokens() -> None:
    assert common_prefix_length([1, 2, 3, 4], [1, 2, 9]) == 2
    assert common_prefix_length([1, 2], [1, 2, 3]) == 2
    assert common_prefix_length([], [1]) == 0


def test_common_prefix_of_restored_cells_ends_at_the_first_different_sentence() -> None:
    assert common_prefix_length([1, A0, A1], [1, A0, A2]) == 2
    assert common_prefix_length([1, A0, A1, 5], [1, A0, A1, 6]) == 3


def test_adjacent_cells_of_one_origin_are_one_segment() -> None:
    found = segments([1, 2, A0, A2, B0, 3])
    assert [(segment.key, segment.start, segment.end) for segment in found] == [
        (None, 0, 2),
        ("a", 2, 4),
        ("b", 4, 5),
        (None, 5, 6),
    ]


def test_segments_from_a_position_on() -> None:
    assert [
        (segment.key, segment.start, segment.end) for segment in segments([1, 2, A0, A1], 3)
    ] == [("a", 3, 4)]


def test_token_of_both_kinds_of_cell() -> None:
    assert [token_of(cell) for cell in (1, A0, B0)] == [1, 70, 80]


restored = st.builds(RestoredCell, st.sampled_from("ab"), st.just(0), st.just(7))


@given(st.lists(st.one_of(st.integers(0, 3), restored)))
def test_joined_segments_are_the_cells(cells: list[Cell]) -> None:
    assert [cell for segment in segments(cells) for cell in segment.cells] == cells


@given(st.sets(st.integers(0, 40)))
def test_contiguous_ranges_cover_the_indices_exactly(indices: set[int]) -> None:
    covered = [i for start, end in contiguous_ranges(sorted(indices)) for i in range(start, end)]
    assert covered == sorted(indices)
