"""Cells that are saved, restored and moved are the cells that were read."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Cancelled
from assistant.llm.llama import Entry, LlamaContext, Logits
from assistant.llm.tuning.options import KvType, Tuning

TEXT = (
    "You answer questions. Paper: Glacier Melt. Cameras on balloons follow 14 glaciers. "
    "The melt speeds up. Question: How fast is the melt?"
)


@pytest.fixture(scope="module", params=["f16", "q8_0"])
def loaded(small_model: Path, request: pytest.FixtureRequest) -> Iterator[LlamaContext]:
    kv_type: KvType = request.param
    context = LlamaContext(
        small_model, Tuning(threads=2, kv_type=kv_type), context_tokens=1024, sequences=4
    )
    yield context
    context.close()


@pytest.fixture
def llama(loaded: LlamaContext) -> LlamaContext:
    for sequence in range(4):
        loaded.forget(sequence)
    return loaded


def decode(
    llama: LlamaContext, tokens: Sequence[int], position: int = 0, sequence: int = 0
) -> Logits:
    """Read tokens and return the logits after each, shape (tokens, vocabulary)."""
    return llama.decode(
        [Entry(t, position + i, sequence, True) for i, t in enumerate(tokens)]
    ).logits


def test_the_probability_of_a_follower_is_that_of_its_logit(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    entries = [
        Entry(token, place, 0, wanted=True, follower=follower)
        for place, (token, follower) in enumerate(pairwise(tokens))
    ]
    entries[3] = Entry(tokens[3], 3, 0)  # of which nothing is wanted
    decoded = llama.decode(entries)
    followers = [entry.follower for entry in entries if entry.follower is not None]
    assert len(decoded.logits) == len(decoded.log_probabilities) == len(followers)
    shares = np.exp(decoded.logits.astype(np.float64))
    shares /= shares.sum(axis=1, keepdims=True)
    expected = np.log(shares[range(len(followers)), followers])
    np.testing.assert_allclose(decoded.log_probabilities, expected, rtol=1e-4)


def test_restored_cells_give_the_same_logits_as_cells_read_in_place(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    a, b = len(tokens) // 3, 2 * len(tokens) // 3
    decode(llama, tokens[:a])
    decode(llama, tokens[a:b], a)
    in_place = decode(llama, tokens[b:], b)
    llama.forget(0, a)

    llama.copy(0, 1, 0, a)
    decode(llama, tokens[a:b], a, sequence=1)
    llama.forget(1, 0, a)
    state = llama.save(1)
    llama.forget(1)
    assert llama.restore(1, state)
    assert llama.first_position(1) == a
    llama.copy(1, 0, a, b)
    llama.forget(1)

    np.testing.assert_array_equal(decode(llama, tokens[b:], b), in_place)


def test_shifted_cells_stand_at_their_new_positions(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    decode(llama, tokens, sequence=1)
    llama.shift(1, 0, len(tokens), 100)
    assert llama.first_position(1) == 100


def test_a_state_cut_short_is_not_restored(llama: LlamaContext) -> None:
    decode(llama, llama.tokenize(TEXT, special=False), sequence=1)
    state = llama.save(1)
    assert not llama.restore(2, state[: len(state) // 2])


def test_marks_are_tokens_only_where_they_count(llama: LlamaContext) -> None:
    assert len(llama.tokenize("<|im_end|>", special=True)) == 1
    assert len(llama.tokenize("<|im_end|>", special=False)) > 1


def test_cells_of_another_sequence_are_not_changed_by_a_shift(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT, special=False)
    decode(llama, tokens[:-2])
    decode(llama, tokens, sequence=1)
    llama.shift(1, 0, len(tokens), 100)
    moved = decode(llama, tokens[-2:], len(tokens) - 2)
    llama.forget(0)
    llama.forget(1)
    decode(llama, tokens[:-2])
    np.testing.assert_array_equal(decode(llama, tokens[-2:], len(tokens) - 2), moved)


def test_an_abort_ends_a_decode_and_the_next_one_runs_again(llama: LlamaContext) -> None:
    tokens = llama.tokenize(TEXT * 3, special=False)
    llama.abort(True)
    with pytest.raises(Cancelled):
        decode(llama, tokens)
    llama.abort(False)
    llama.forget(0)
    assert len(decode(llama, tokens)) == len(tokens)


def test_tokens_of_a_batch_come_out_exactly_as_if_read_alone(small_model: Path) -> None:
    tuning = Tuning(threads=2)
    llama = LlamaContext(small_model, tuning, context_tokens=1024, sequences=2)
    tokens = llama.tokenize(TEXT * 20, special=False)[:600]
    decode(llama, tokens)
    following = tokens[: tuning.exact_tokens]
    alone = [decode(llama, [token], 600 + i)[0] for i, token in enumerate(following)]
    for count in range(2, len(following) + 1):
        llama.forget(0, 600)
        np.testing.assert_array_equal(decode(llama, following[:count], 600), alone[:count])
    llama.close()
