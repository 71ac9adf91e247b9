"""A llama.cpp context: decoding, and saving, restoring and shifting cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Cancelled
from assistant.llm.llama import BatchToken, LlamaContext, Logits
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
        loaded.remove(sequence)
    return loaded


def decode(
    llama: LlamaContext, tokens: Sequence[int], position: int = 0, sequence: int = 0
) -> Logits:
    """Decode tokens and return the logits after each, shape (tokens, vocabulary)."""
    return llama.decode(
        [BatchToken(t, position + i, sequence, True) for i, t in enumerate(tokens)]
    ).logits


def test_log_probability_of_the_next_token_agrees_with_the_logits(llama: LlamaContext) -> None:
    tokens = llama.model.tokenize(TEXT, special=False)
    batch = [
        BatchToken(token, i, 0, wants_logits=True, scored_next=following)
        for i, (token, following) in enumerate(pairwise(tokens))
    ]
    batch[3] = BatchToken(tokens[3], 3, 0)  # without outputs
    decoded = llama.decode(batch)
    scored = [one.scored_next for one in batch if one.scored_next is not None]
    assert len(decoded.logits) == len(decoded.log_probabilities) == len(scored)
    probabilities = np.exp(decoded.logits.astype(np.float64))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    expected = np.log(probabilities[range(len(scored)), scored])
    np.testing.assert_allclose(decoded.log_probabilities, expected, rtol=1e-4)


def test_restored_cells_give_the_same_logits_as_decoded_ones(llama: LlamaContext) -> None:
    tokens = llama.model.tokenize(TEXT, special=False)
    a, b = len(tokens) // 3, 2 * len(tokens) // 3
    decode(llama, tokens[:a])
    decode(llama, tokens[a:b], a)
    in_place = decode(llama, tokens[b:], b)
    llama.remove(0, a)

    llama.copy(0, 1, 0, a)
    decode(llama, tokens[a:b], a, sequence=1)
    llama.remove(1, 0, a)
    state = llama.save(1)
    llama.remove(1)
    assert llama.restore(1, state)
    assert llama.first_position(1) == a
    llama.copy(1, 0, a, b)
    llama.remove(1)

    np.testing.assert_array_equal(decode(llama, tokens[b:], b), in_place)


def test_shift_changes_the_positions_of_cells(llama: LlamaContext) -> None:
    tokens = llama.model.tokenize(TEXT, special=False)
    decode(llama, tokens, sequence=1)
    llama.shift(1, 0, len(tokens), 100)
    assert llama.first_position(1) == 100


def test_truncated_state_is_not_restored(llama: LlamaContext) -> None:
    decode(llama, llama.model.tokenize(TEXT, special=False), sequence=1)
    state = llama.save(1)
    assert not llama.restore(2, state[: len(state) // 2])


def test_special_tokens_are_parsed_on_request_only(llama: LlamaContext) -> None:
    assert len(llama.model.tokenize("<|im_end|>", special=True)) == 1
    assert len(llama.model.tokenize("<|im_end|>", special=False)) > 1


def test_shift_leaves_other_sequences_unchanged(llama: LlamaContext) -> None:
    tokens = llama.model.tokenize(TEXT, special=False)
    decode(llama, tokens[:-2])
    decode(llama, tokens, sequence=1)
    llama.shift(1, 0, len(tokens), 100)
    moved = decode(llama, tokens[-2:], len(tokens) - 2)
    llama.remove(0)
    llama.remove(1)
    decode(llama, tokens[:-2])
    np.testing.assert_array_equal(decode(llama, tokens[-2:], len(tokens) - 2), moved)


def test_abort_cancels_a_decode_until_it_is_reset(llama: LlamaContext) -> None:
    tokens = llama.model.tokenize(TEXT * 3, special=False)
    llama.abort(True)
    with pytest.raises(Cancelled):
        decode(llama, tokens)
    llama.abort(False)
    llama.remove(0)
    assert len(decode(llama, tokens)) == len(tokens)


def test_small_batches_give_bit_identical_logits(small_model: Path) -> None:
    tuning = Tuning(threads=2)
    llama = LlamaContext(small_model, tuning, context_tokens=1024, sequences=2)
    tokens = llama.model.tokenize(TEXT * 20, special=False)[:600]
    decode(llama, tokens)
    last = tokens[: tuning.exact_tokens]
    alone = [decode(llama, [token], 600 + i)[0] for i, token in enumerate(last)]
    for count in range(2, len(last) + 1):
        llama.remove(0, 600)
        np.testing.assert_array_equal(decode(llama, last[:count], 600), alone[:count])
    llama.close()
