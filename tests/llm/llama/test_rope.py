"""RoPE: moving keys to other positions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.llama.rope import Rope

_HEAD_DIM = 8


def _keys(seed: int, cells: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((cells, 2 * _HEAD_DIM)).astype(np.float32)


@st.composite
def _ropes(draw: st.DrawFn) -> Rope:
    pairs = draw(st.integers(1, _HEAD_DIM // 2))
    frequencies = draw(st.lists(st.floats(0, 1), min_size=pairs, max_size=pairs))
    return Rope(_HEAD_DIM, tuple(frequencies), interleaved=draw(st.booleans()))


@given(_ropes(), st.lists(st.integers(-500, 500), min_size=1, max_size=4), st.integers(0, 99))
def test_shifting_keys_and_back_restores_them(rope: Rope, offsets: list[int], seed: int) -> None:
    keys = _keys(seed, len(offsets))
    shifted = keys.copy()
    rope.shift_by(offsets)(shifted)
    np.testing.assert_allclose(
        np.linalg.norm(shifted, axis=1), np.linalg.norm(keys, axis=1), rtol=1e-4
    )
    rope.shift_by([-offset for offset in offsets])(shifted)
    np.testing.assert_allclose(shifted, keys, atol=1e-4)


@given(_ropes(), st.integers(-500, 500), st.integers(0, 99))
def test_dot_product_of_keys_depends_on_their_distance_only(
    rope: Rope, offset: int, seed: int
) -> None:
    keys = _keys(seed, 2)
    shifted = keys.copy()
    rope.shift_by([offset, offset])(shifted)
    np.testing.assert_allclose(shifted[0] @ shifted[1], keys[0] @ keys[1], atol=1e-3)


def test_pairs_are_interleaved_or_split_in_halves() -> None:
    quarter_turn = Rope(4, (np.pi / 2, 0.0), interleaved=True)
    keys = np.array([[1, 2, 3, 4]], np.float32)
    quarter_turn.shift_by([1])(keys)
    np.testing.assert_allclose(keys, [[-2, 1, 3, 4]], atol=1e-6)
    keys = np.array([[1, 2, 3, 4]], np.float32)
    Rope(4, (np.pi / 2, 0.0), interleaved=False).shift_by([1])(keys)
    np.testing.assert_allclose(keys, [[-3, 2, 1, 4]], atol=1e-6)
