"""Two prompts share the cells with which both begin; blocks are shared whole or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.cells import Cell, Recalled, runs, shared_cells, stretches

A0, A1, A2 = (Recalled("a", token) for token in range(3))
B0 = Recalled("b", 0)


def test_prompts_share_their_common_beginning() -> None:
    assert shared_cells([1, 2, 3, 4], [1, 2, 9]) == 2
    assert shared_cells([1, 2], [1, 2, 3]) == 2
    assert shared_cells([], [1]) == 0


def test_a_block_of_which_other_sentences_are_shown_is_not_shared() -> None:
    assert shared_cells([1, A0, A1], [1, A0, A2]) == 1


def test_a_whole_block_is_shared() -> None:
    assert shared_cells([1, A0, A1, 5], [1, A0, A1, 6]) == 3
    assert shared_cells([1, A0, A1, B0, 5], [1, A0, A1, 6]) == 3


def test_neighbours_filled_alike_are_one_run() -> None:
    found = runs([1, 2, A0, A2, B0, 3])
    assert [(run.reading, len(run.cells)) for run in found] == [
        (None, 2),
        ("a", 2),
        ("b", 1),
        (None, 1),
    ]


@given(
    st.lists(st.one_of(st.integers(0, 3), st.builds(Recalled, st.sampled_from("ab"), st.just(0))))
)
def test_runs_joined_are_the_cells(cells: list[Cell]) -> None:
    assert [cell for run in runs(cells) for cell in run.cells] == cells


@given(st.sets(st.integers(0, 40)))
def test_stretches_cover_the_places_exactly(places: set[int]) -> None:
    covered = [place for start, end in stretches(sorted(places)) for place in range(start, end)]
    assert covered == sorted(places)
