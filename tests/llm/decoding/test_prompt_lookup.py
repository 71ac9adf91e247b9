"""Prompt lookup decoding: drafts, and that they never change an answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import Block, Engine, ReadingCache, Tuning, Usage, render_prompt
from assistant.llm.decoding.prompt_lookup import lookup_draft

TOKENS = st.lists(st.integers(0, 5), max_size=40)


def test_draft_is_what_followed_the_same_tokens_before() -> None:
    assert lookup_draft([1, 2, 3, 4, 5, 9, 1, 2, 3], 2) == [4, 5]


def test_longest_match_is_used() -> None:
    assert lookup_draft([7, 1, 2, 8, 0, 1, 2, 9, 7, 1, 2], 1) == [8]


def test_last_of_several_matches_is_used() -> None:
    assert lookup_draft([1, 2, 8, 1, 2, 9, 0, 1, 2], 1) == [9]


def test_no_draft_without_a_match_of_two_tokens() -> None:
    assert lookup_draft([1, 2, 3, 4], 3) == []
    assert lookup_draft([3, 1, 3], 3) == []  # a match of a single token is too short


@given(TOKENS, st.integers(0, 4))
def test_draft_follows_an_earlier_occurrence_of_the_ending(tokens: list[int], count: int) -> None:
    draft = lookup_draft(tokens, count)
    assert len(draft) <= count
    if draft:
        piece = [*tokens[-2:], *draft]
        assert any(tokens[i : i + len(piece)] == piece for i in range(len(tokens) - 2))


# -- in the engine ------------------------------------------------------------------------------

GLACIER = Block(
    "Glacier Melt Seen from Balloons",
    (
        "We tie cameras to weather balloons and follow 14 glaciers in Norway over 3 years.",
        "IceTrack, our method, finds cracks that satellites miss.",
        "The melt speeds up by 12.5% a year.",
    ),
    shown=(0, 2),
)
QUESTIONS = (
    "How fast does the melt speed up?",
    "What do they tie to weather balloons? Repeat the sentence word by word.",
    "Count from one to twenty.",
    "Write naïve façades in Greek letters.",
)


def answers(engine: Engine) -> tuple[list[str], Usage]:
    texts, usage = [], Usage()
    for question in QUESTIONS:
        prompt = render_prompt("answer", [GLACIER], question=question)
        completion = engine.generate(prompt, max_tokens=24)
        texts.append("".join(completion))
        usage += completion.usage
    engine.close()
    return texts, usage


@pytest.mark.parametrize("cached", [False, True], ids=["decoded", "restored"])
def test_drafts_do_not_change_answers(small_model: Path, tmp_path: Path, cached: bool) -> None:
    def engine(draft_tokens: int) -> Engine:
        reading_cache = ReadingCache(tmp_path / "cache", 10**9, "test") if cached else None
        tuning = Tuning(threads=1, draft_tokens=draft_tokens)
        engine = Engine(
            small_model, context_tokens=1024, reading_cache=reading_cache, tuning=tuning
        )
        engine.cache_blocks(render_prompt("answer", [GLACIER], question="")).result()
        return engine

    plain, undrafted = answers(engine(0))
    for draft_tokens in (2, 5):
        drafted, usage = answers(engine(draft_tokens))
        assert drafted == plain
        assert usage.completion_tokens == undrafted.completion_tokens
        assert usage.accepted_draft_tokens > 0
    assert undrafted.accepted_draft_tokens == 0


def test_drafts_are_limited_to_exact_batches() -> None:
    assert Tuning(kv_type="f16", threads=2, draft_tokens=5).exact_drafts == 0
    assert Tuning(kv_type="q8_0", repack=True, draft_tokens=5).exact_drafts == 2
    assert Tuning(kv_type="q8_0", draft_tokens=50).exact_drafts == 5
