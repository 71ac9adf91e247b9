"""Two prompts share the cells with which both begin."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.cells import Cell, RecalledCell, runs, shared_cells, stretches, token_of

A0, A1, A2 = (RecalledCell("a", place, 70 + place) for place in range(3))
B0 = RecalledCell("b", 0, 80)


def test_prompts_share_their_common_beginning() -> None:
    assert shared_cells([1, 2, 3, 4], [1, 2, 9]) == 2
    assert shared_cells([1, 2], [1, 2, 3]) == 2
    assert shared_cells([], [1]) == 0


def test_of_a_block_the_cells_up_to_the_first_other_sentence_are_shared() -> None:
    assert shared_cells([1, A0, A1], [1, A0, A2]) == 2
    assert shared_cells([1, A0, A1, 5], [1, A0, A1, 6]) == 3


def test_neighbours_filled_alike_are_one_run() -> None:
    found = runs([1, 2, A0, A2, B0, 3])
    assert [(run.reading, run.start, run.end) for run in found] == [
        (None, 0, 2),
        ("a", 2, 4),
        ("b", 4, 5),
        (None, 5, 6),
    ]


def test_runs_from_a_position_on_leave_out_what_stands_before() -> None:
    assert [(run.reading, run.start, run.end) for run in runs([1, 2, A0, A1], 3)] == [("a", 3, 4)]


def test_a_cell_knows_its_token_however_it_is_filled() -> None:
    assert [token_of(cell) for cell in (1, A0, B0)] == [1, 70, 80]


recalled = st.builds(RecalledCell, st.sampled_from("ab"), st.just(0), st.just(7))


@given(st.lists(st.one_of(st.integers(0, 3), recalled)))
def test_runs_joined_are_the_cells(cells: list[Cell]) -> None:
    assert [cell for run in runs(cells) for cell in run.cells] == cells


@given(st.sets(st.integers(0, 40)))
def test_stretches_cover_the_places_exactly(places: set[int]) -> None:
    covered = [place for start, end in stretches(sorted(places)) for place in range(start, end)]
    assert covered == sorted(places)
