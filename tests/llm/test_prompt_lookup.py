"""Guesses come from the prompt, and never change what the model writes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import Block, Engine, KVDiskCache, Tuning, Usage, render_prompt
from assistant.llm.prompt_lookup import lookup_draft

TOKENS = st.lists(st.integers(0, 5), max_size=40)


def test_what_followed_the_same_tokens_before_is_guessed() -> None:
    assert lookup_draft([1, 2, 3, 4, 5, 9, 1, 2, 3], 2) == [4, 5]


def test_the_longest_piece_that_stands_elsewhere_decides() -> None:
    assert lookup_draft([7, 1, 2, 8, 0, 1, 2, 9, 7, 1, 2], 1) == [8]


def test_of_equal_pieces_the_last_decides() -> None:
    assert lookup_draft([1, 2, 8, 1, 2, 9, 0, 1, 2], 1) == [9]


def test_nothing_is_guessed_from_tokens_that_stand_nowhere_else() -> None:
    assert lookup_draft([1, 2, 3, 4], 3) == []
    assert lookup_draft([3, 1, 3], 3) == []  # a single token is too little to go by


@given(TOKENS, st.integers(0, 4))
def test_a_guess_is_what_stands_behind_the_same_ending(tokens: list[int], count: int) -> None:
    guess = lookup_draft(tokens, count)
    assert len(guess) <= count
    if guess:
        piece = [*tokens[-2:], *guess]
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


@pytest.mark.parametrize("recalling", [False, True], ids=["read", "recalled"])
def test_drafts_change_no_word_of_an_answer(
    small_model: Path, tmp_path: Path, recalling: bool
) -> None:
    def engine(draft_tokens: int) -> Engine:
        readings = KVDiskCache(tmp_path / "readings", 10**9, "test") if recalling else None
        tuning = Tuning(threads=1, draft_tokens=draft_tokens)
        engine = Engine(small_model, context_tokens=1024, readings=readings, tuning=tuning)
        engine.read(render_prompt("answer", [GLACIER], question="")).result()
        return engine

    plain, nothing_guessed = answers(engine(0))
    for draft_tokens in (2, 5):
        drafted_answers, usage = answers(engine(draft_tokens))
        assert drafted_answers == plain
        assert usage.completion_tokens == nothing_guessed.completion_tokens
        assert usage.guessed_tokens > 0
    assert nothing_guessed.guessed_tokens == 0


def test_where_batches_do_not_come_out_exactly_nothing_is_guessed() -> None:
    assert Tuning(kv_type="f16", threads=2, draft_tokens=5).exact_drafts == 0
    assert Tuning(kv_type="q8_0", repack=True, draft_tokens=5).exact_drafts == 2
    assert Tuning(kv_type="q8_0", draft_tokens=50).exact_drafts == 5
