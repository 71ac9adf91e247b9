"""Keys are turned by their positions; moving one is turning it further."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.rope import Rope

_HEAD = 8


def _keys(seed: int, cells: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((cells, 2 * _HEAD)).astype(np.float32)


@st.composite
def _rotaries(draw: st.DrawFn) -> Rope:
    pairs = draw(st.integers(1, _HEAD // 2))
    frequencies = draw(st.lists(st.floats(0, 1), min_size=pairs, max_size=pairs))
    return Rope(_HEAD, tuple(frequencies), neighbours=draw(st.booleans()))


@given(_rotaries(), st.lists(st.integers(-500, 500), min_size=1, max_size=4), st.integers(0, 99))
def test_keys_that_are_moved_and_moved_back_are_the_same(
    rotary: Rope, steps: list[int], seed: int
) -> None:
    keys = _keys(seed, len(steps))
    moved = keys.copy()
    rotary.moving(steps)(moved)
    np.testing.assert_allclose(
        np.linalg.norm(moved, axis=1), np.linalg.norm(keys, axis=1), rtol=1e-4
    )
    rotary.moving([-step for step in steps])(moved)
    np.testing.assert_allclose(moved, keys, atol=1e-4)


@given(_rotaries(), st.integers(-500, 500), st.integers(0, 99))
def test_what_two_keys_have_in_common_depends_on_how_far_apart_they_stand(
    rotary: Rope, step: int, seed: int
) -> None:
    keys = _keys(seed, 2)
    moved = keys.copy()
    rotary.moving([step, step])(moved)
    np.testing.assert_allclose(moved[0] @ moved[1], keys[0] @ keys[1], atol=1e-3)


def test_pairs_are_of_neighbours_or_half_the_pairs_apart() -> None:
    quarter = Rope(4, (np.pi / 2, 0.0), neighbours=True)
    keys = np.array([[1, 2, 3, 4]], np.float32)
    quarter.moving([1])(keys)
    np.testing.assert_allclose(keys, [[-2, 1, 3, 4]], atol=1e-6)
    keys = np.array([[1, 2, 3, 4]], np.float32)
    Rope(4, (np.pi / 2, 0.0), neighbours=False).moving([1])(keys)
    np.testing.assert_allclose(keys, [[-3, 2, 1, 4]], atol=1e-6)
