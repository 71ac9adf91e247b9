"""A reading on disk takes about half the room, and single cells can be taken out of it."""

import struct
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.codec import Unpacked, pack, rows_of, unpack
from assistant.llm.llama import Entry, LlamaContext
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


def _read(llama: LlamaContext, tokens: list[int]) -> np.ndarray:
    llama.forget(0)
    entries = [Entry(token, i, 0, wanted=i == len(tokens) - 1) for i, token in enumerate(tokens)]
    return np.asarray(llama.decode(entries).logits[0])


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
def test_what_was_read_comes_back_nearly_as_it_was_in_half_the_room(llama: LlamaContext) -> None:
    wanted = _read(llama, [*_TOKENS, 50])
    _read(llama, _TOKENS)
    state = llama.save(0)
    packed = pack(state)
    assert len(packed) < 0.6 * len(state)

    restored = unpack(packed, range(len(_TOKENS)))
    assert (restored.first, restored.moved) == (0, False)
    assert llama.restore(1, restored.state)
    [found] = llama.decode([Entry(50, len(_TOKENS), 1, wanted=True)]).logits
    assert np.corrcoef(found, wanted)[0, 1] > 0.999
    assert found.argmax() == wanted.argmax()


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
def test_of_a_reading_single_cells_come_back_where_they_stood(llama: LlamaContext) -> None:
    _read(llama, _TOKENS)
    whole = llama.save(0)
    restored = unpack(pack(whole), [3, 4, 9])
    assert (restored.first, restored.moved) == (3, False)
    assert llama.restore(1, restored.state)
    assert llama.first_position(1) == 3
    # The same cells as when the others are forgotten after all came back.
    some = llama.save(1)
    llama.forget(1)
    llama.restore(1, unpack(pack(whole), range(len(_TOKENS))).state)
    for start, end in ((0, 3), (5, 9), (10, -1)):
        llama.forget(1, start, end)
    assert llama.save(1) == some


@pytest.mark.parametrize("llama", ["q8_0"], indirect=True)
def test_cells_of_another_type_are_kept_as_they_are(llama: LlamaContext) -> None:
    _read(llama, _TOKENS)
    state = llama.save(0)
    rotary = llama.rotary()
    assert rotary is not None
    assert unpack(pack(state), [3], rotary, 7) == Unpacked(state, 0, moved=False)


@pytest.mark.parametrize("llama", ["f16"], indirect=True)
@pytest.mark.parametrize("start", [0, 3, 300])
def test_cells_can_come_back_in_other_places_as_llama_cpp_moves_them(
    llama: LlamaContext, start: int
) -> None:
    _read(llama, _TOKENS)
    packed = pack(llama.save(0))
    places = [3, 4, 9]
    moved = unpack(packed, places, llama.rotary(), start)
    assert moved.moved
    assert llama.restore(1, moved.state)
    assert llama.first_position(1) == start

    llama.restore(2, unpack(packed, places).state)
    # Gaps close from the side to which the cells go, so that none meets another.
    steps = [(place, start + number) for number, place in enumerate(places)]
    for place, target in steps if start < places[0] else reversed(steps):
        llama.shift(2, place, place + 1, target - place)
    wanted, found = (
        llama.decode([Entry(50, start + 3, sequence, wanted=True)]).logits[0] for sequence in (2, 1)
    )
    assert np.corrcoef(found, wanted)[0, 1] > 0.999
    ours, theirs = (rows_of(llama.save(sequence)) for sequence in (1, 2))
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
def test_no_value_moves_by_more_than_half_a_step_of_its_block(
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
    # Half a step, and what the rounding of the scale and of the value to 16 bits may add.
    assert (moved <= (0.5 / 127 + 0.002) * largest[..., None] + 1e-4).all()


def test_cells_that_lie_in_another_order_are_found_by_their_positions() -> None:
    rows = np.arange(2 * 3 * 32, dtype=np.float16).reshape(2, 3, 32)
    in_order = _state(1, 3, 32, rows)
    shuffled = bytearray(_state(1, 3, 32, rows[:, [2, 0, 1]]))
    for place, position in enumerate((9, 7, 8)):
        struct.pack_into("<i", shuffled, 16 + 12 * place, position)
    assert unpack(pack(bytes(shuffled)), [1]) == unpack(pack(in_order), [1])


@given(st.binary(max_size=200))
def test_any_other_bytes_are_kept_as_they_are(state: bytes) -> None:
    assert unpack(pack(state), [0]) == Unpacked(state, 0, moved=False)
