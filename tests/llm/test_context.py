"""Cells that are saved, restored and moved are the cells that were read."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Cancelled
from assistant.llm.context import LlamaContext

TEXT = (
    "You answer questions. Paper: Glacier Melt. Cameras on balloons follow 14 glaciers. "
    "The melt speeds up. Question: How fast is the melt?"
)


class Stop:
    """Says whether to abort; the test sets it."""

    asked = False


@pytest.fixture(scope="module")
def stop() -> Stop:
    return Stop()


@pytest.fixture(scope="module")
def loaded(small_model: Path, stop: Stop) -> Iterator[LlamaContext]:
    context = LlamaContext(small_model, context_tokens=1024, threads=2, aborted=lambda: stop.asked)
    yield context
    context.close()


@pytest.fixture
def llama(loaded: LlamaContext) -> LlamaContext:
    for sequence in range(3):
        loaded.forget(sequence)
    return loaded


def test_restored_cells_give_the_same_logits_as_cells_read_in_place(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    a, b = len(tokens) // 3, 2 * len(tokens) // 3
    llama.decode(tokens[:a], 0)
    llama.decode(tokens[a:b], a)
    in_place = llama.decode(tokens[b:], b)
    llama.forget(0, a)

    llama.copy(0, 1, 0, a)
    llama.decode(tokens[a:b], a, sequence=1)
    llama.forget(1, 0, a)
    state = llama.save(1)
    llama.forget(1)
    assert llama.restore(1, state)
    assert llama.first_position(1) == a
    llama.copy(1, 0, a, b)
    llama.forget(1)

    np.testing.assert_allclose(llama.decode(tokens[b:], b), in_place, atol=1e-4)


def test_shifted_cells_stand_at_their_new_positions(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    llama.decode(tokens, 0, sequence=1)
    llama.shift(1, 0, len(tokens), 100)
    assert llama.first_position(1) == 100


def test_a_state_cut_short_is_not_restored(llama: LlamaContext) -> None:
    llama.decode(llama.tokenize(TEXT, special=False), 0, sequence=1)
    state = llama.save(1)
    assert not llama.restore(2, state[: len(state) // 2])


def test_marks_are_tokens_only_where_they_count(llama: LlamaContext) -> None:
    assert len(llama.tokenize("<|im_end|>", special=True)) == 1
    assert len(llama.tokenize("<|im_end|>", special=False)) > 1


def test_the_abort_callback_ends_a_decode(llama: LlamaContext, stop: Stop) -> None:
    stop.asked = True
    try:
        with pytest.raises(Cancelled):
            llama.decode(llama.tokenize(TEXT * 5, special=False), 0)
    finally:
        stop.asked = False
