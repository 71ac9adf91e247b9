"""Batches of several prompts with a shared prefix."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.shared_prefix import PromptTail, batch_with_shared_prefix
from assistant.llm.llama import BatchToken

CACHED = (7, 8)
TOKENS = st.lists(st.integers(0, 1), min_size=1, max_size=6)
PREFIXES = st.sampled_from([CACHED, (7, 9), (7,)])


def tails(*tokens: Sequence[int]) -> list[PromptTail]:
    return [PromptTail(seq_id, CACHED, one) for seq_id, one in enumerate(tokens)]


def of_sequence(batch: Sequence[BatchToken], seq_id: int) -> list[BatchToken]:
    return [one for one in batch if seq_id in (one.seq_id, *one.shared_with)]


def test_shared_tokens_occur_once() -> None:
    batch = batch_with_shared_prefix(tails([1, 2, 3, 4], [1, 2, 5]))
    assert batch == [
        BatchToken(1, 2, 0, shared_with=(1,)),
        BatchToken(2, 3, 0, shared_with=(1,)),
        BatchToken(3, 4, 0),
        BatchToken(4, 5, 0, wants_logits=True),
        BatchToken(5, 4, 1, wants_logits=True),
    ]


def test_last_token_of_each_tail_is_not_shared() -> None:
    batch = batch_with_shared_prefix(tails([1, 2], [1, 2], [1, 2, 3]))
    assert [one.seq_id for one in batch if one.wants_logits] == [0, 1, 2]


def test_tokens_after_different_cells_are_not_shared() -> None:
    batch = batch_with_shared_prefix([PromptTail(0, (7, 8), (1, 2)), PromptTail(1, (7, 9), (1, 2))])
    assert not any(one.shared_with for one in batch)


def test_tail_with_scored_tokens_reuses_no_tokens() -> None:
    batch = batch_with_shared_prefix(
        [PromptTail(0, CACHED, (1, 2, 3)), PromptTail(1, CACHED, (1, 2, 4), (4, 5))]
    )
    assert [one.scored_next for one in of_sequence(batch, 0)] == [None, None, None]
    assert [one.scored_next for one in of_sequence(batch, 1)] == [None, 4, 5]
    assert not any(one.shared_with for one in batch)


@given(st.lists(st.tuples(PREFIXES, TOKENS), max_size=5))
def test_each_sequence_gets_all_its_tokens_at_their_positions(
    prefixes_and_tokens: list[tuple[tuple[int, ...], list[int]]],
) -> None:
    several = [
        PromptTail(i, cached, tokens) for i, (cached, tokens) in enumerate(prefixes_and_tokens)
    ]
    batch = batch_with_shared_prefix(several)
    assert [one.seq_id for one in batch if one.wants_logits] == list(range(len(several)))
    for tail in several:
        found = of_sequence(batch, tail.seq_id)
        assert [one.token for one in found] == tail.tokens
        assert [one.position - len(tail.cached) for one in found] == list(range(len(tail.tokens)))
        assert found[-1].wants_logits
