"""The format of cells on disk: half the size, and cells can be unpacked individually."""

import struct
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.codec import Unpacked, keys_and_values, pack, unpack
from assistant.llm.llama import BatchToken, LlamaContext
from assistant.llm.tuning.options import KvType, Tuning
from assistant.models import locate

_TOKENS = list(range(20, 44))


@pytest.fixture
def llama(request: pytest.FixtureRequest) -> Iterator[LlamaContext]:
    kv_type: KvType = request.param
    context = LlamaContext(
        locate("smollm2-135m-instruct"),
        Tuning(kv_type=kv_type),
        context_tokens=512,
        sequences=3,
    )
    yield context
    context.close()


def _decode(llama: LlamaContext, tokens: list[int]) -> np.ndarray:
    llama.remove(0)
    entries = [
        BatchToken(token, i, 0, wants_logits=i == len(tokens) - 1) for i, token in enumerate(tokens)
    ]
    return np.asarray(llama.decode(entries).logits[0])


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
def test_packed_cells_take_half_the_size_and_give_nearly_the_same_logits(
    llama: LlamaContext,
) -> None:
    expected = _decode(llama, [*_TOKENS, 50])
    _decode(llama, _TOKENS)
    state = llama.save(0)
    packed = pack(state)
    assert len(packed) < 0.6 * len(state)

    restored = unpack(packed, range(len(_TOKENS)))
    assert (restored.first_index, restored.at_target_positions) == (0, False)
    assert llama.restore(1, restored.state)
    [found] = llama.decode([BatchToken(50, len(_TOKENS), 1, wants_logits=True)]).logits
    assert np.corrcoef(found, expected)[0, 1] > 0.999
    assert found.argmax() == expected.argmax()


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
def test_single_cells_are_unpacked_at_their_positions(llama: LlamaContext) -> None:
    _decode(llama, _TOKENS)
    whole = llama.save(0)
    restored = unpack(pack(whole), [3, 4, 9])
    assert (restored.first_index, restored.at_target_positions) == (3, False)
    assert llama.restore(1, restored.state)
    assert llama.first_position(1) == 3
    # The same cells as when all are restored and the others are removed.
    some = llama.save(1)
    llama.remove(1)
    llama.restore(1, unpack(pack(whole), range(len(_TOKENS))).state)
    for start, end in ((0, 3), (5, 9), (10, -1)):
        llama.remove(1, start, end)
    assert llama.save(1) == some


@pytest.mark.parametrize("llama", ["q8_0"], indirect=True)
def test_cells_of_another_type_are_stored_unchanged(llama: LlamaContext) -> None:
    _decode(llama, _TOKENS)
    state = llama.save(0)
    rope = llama.model.rope()
    assert rope is not None
    assert unpack(pack(state), [3], rope, 7) == Unpacked(state, 0, at_target_positions=False)


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
@pytest.mark.parametrize("start", [0, 3, 300])
def test_cells_are_moved_as_llama_cpp_moves_them(llama: LlamaContext, start: int) -> None:
    _decode(llama, _TOKENS)
    packed = pack(llama.save(0))
    indices = [3, 4, 9]
    moved = unpack(packed, indices, llama.model.rope(), start)
    assert moved.at_target_positions
    assert llama.restore(1, moved.state)
    assert llama.first_position(1) == start

    llama.restore(2, unpack(packed, indices).state)
    # In the order in which no cell is moved to the position of another.
    moves = [(index, start + i) for i, index in enumerate(indices)]
    for index, target in moves if start < indices[0] else reversed(moves):
        llama.shift(2, index, index + 1, target - index)
    expected, found = (
        llama.decode([BatchToken(50, start + 3, sequence, wants_logits=True)]).logits[0]
        for sequence in (2, 1)
    )
    assert np.corrcoef(found, expected)[0, 1] > 0.999
    ours, theirs = (keys_and_values(llama.save(sequence)) for sequence in (1, 2))
    assert ours is not None
    assert theirs is not None
    np.testing.assert_allclose(ours[:, :3], theirs[:, :3], rtol=0.01, atol=0.02)


def _state(layers: int, cells: int, width: int, rows: np.ndarray) -> bytes:
    table = b"".join(struct.pack("<iII", 7 + i, 1, 0) for i in range(cells))
    head = struct.pack("<IQ", 1, 2 * width)
    each = [head + row.astype("<f2").tobytes() for row in rows]
    return (
        struct.pack("<IIII", 99, 0, 1, cells)
        + table
        + struct.pack("<II", 0, layers)
        + b"".join(each)
    )


@given(
    layers=st.integers(1, 3),
    cells=st.integers(1, 5),
    blocks=st.integers(1, 3),
    scale=st.floats(0, 1000),
    seed=st.integers(0, 1000),
)
def test_quantization_error_is_at_most_half_a_step(
    layers: int, cells: int, blocks: int, scale: float, seed: int
) -> None:
    width = 32 * blocks
    rows = scale * np.random.default_rng(seed).standard_normal((2 * layers, cells, width))
    rows = rows.astype(np.float16)
    state = _state(layers, cells, width, rows)
    restored = unpack(pack(state), range(cells)).state
    head = 16 + 12 * cells + 8
    assert restored[:head] == state[:head]
    parts = np.frombuffer(restored, np.uint8, offset=head).reshape(2 * layers, -1)
    found = np.ascontiguousarray(parts[:, 12:]).view("<f2").reshape(rows.shape)
    largest = np.abs(rows.astype(float)).reshape(*rows.shape[:2], -1, 32).max(axis=-1)
    moved = np.abs(found.astype(float) - rows.astype(float)).reshape(*rows.shape[:2], -1, 32)
    # Half a step, plus the rounding of the scale and of the value to 16 bits.
    assert (moved <= (0.5 / 127 + 0.002) * largest[..., None] + 1e-4).all()


def test_cells_are_packed_in_the_order_of_their_positions() -> None:
    rows = np.arange(2 * 3 * 32, dtype=np.float16).reshape(2, 3, 32)
    in_order = _state(1, 3, 32, rows)
    shuffled = bytearray(_state(1, 3, 32, rows[:, [2, 0, 1]]))
    for i, position in enumerate((9, 7, 8)):
        struct.pack_into("<i", shuffled, 16 + 12 * i, position)
    assert unpack(pack(bytes(shuffled)), [1]) == unpack(pack(in_order), [1])


@given(st.binary(max_size=200))
def test_unknown_states_are_stored_unchanged(state: bytes) -> None:
    assert unpack(pack(state), [0]) == Unpacked(state, 0, at_target_positions=False)
