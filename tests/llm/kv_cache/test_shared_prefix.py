"""What several prompts go on with stands in one batch, and what they share stands in it once."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.kv_cache.shared_prefix import Rest, batch_with_shared_prefix
from assistant.llm.llama import Entry

BEFORE = (7, 8)
TOKENS = st.lists(st.integers(0, 1), min_size=1, max_size=6)
BEGINNINGS = st.sampled_from([BEFORE, (7, 9), (7,)])


def rests(*tokens: Sequence[int]) -> list[Rest]:
    return [Rest(sequence, BEFORE, one) for sequence, one in enumerate(tokens)]


def of_sequence(entries: Sequence[Entry], sequence: int) -> list[Entry]:
    return [one for one in entries if sequence in (one.sequence, *one.others)]


def test_what_two_prompts_share_is_read_once() -> None:
    entries = batch_with_shared_prefix(rests([1, 2, 3, 4], [1, 2, 5]))
    assert entries == [
        Entry(1, 2, 0, others=(1,)),
        Entry(2, 3, 0, others=(1,)),
        Entry(3, 4, 0),
        Entry(4, 5, 0, wanted=True),
        Entry(5, 4, 1, wanted=True),
    ]


def test_the_last_token_of_each_is_its_own_so_that_each_has_its_logits() -> None:
    entries = batch_with_shared_prefix(rests([1, 2], [1, 2], [1, 2, 3]))
    assert [one.sequence for one in entries if one.wanted] == [0, 1, 2]


def test_behind_other_cells_the_same_tokens_are_not_the_same() -> None:
    entries = batch_with_shared_prefix([Rest(0, (7, 8), (1, 2)), Rest(1, (7, 9), (1, 2))])
    assert not any(one.others for one in entries)


def test_tokens_whose_followers_are_wanted_are_not_shared() -> None:
    entries = batch_with_shared_prefix(
        [Rest(0, BEFORE, (1, 2, 3)), Rest(1, BEFORE, (1, 2, 4), (4, 5))]
    )
    assert [one.follower for one in of_sequence(entries, 0)] == [None, None, None]
    assert [one.follower for one in of_sequence(entries, 1)] == [None, 4, 5]
    assert not any(one.others for one in entries)


@given(st.lists(st.tuples(BEGINNINGS, TOKENS), max_size=5))
def test_each_prompt_gets_all_its_tokens_in_their_places(
    given_rests: list[tuple[tuple[int, ...], list[int]]],
) -> None:
    several = [Rest(number, before, tokens) for number, (before, tokens) in enumerate(given_rests)]
    entries = batch_with_shared_prefix(several)
    assert [one.sequence for one in entries if one.wanted] == list(range(len(several)))
    for rest in several:
        own = of_sequence(entries, rest.sequence)
        assert [one.token for one in own] == rest.tokens
        assert [one.position - len(rest.before) for one in own] == list(range(len(rest.tokens)))
        assert own[-1].wanted
