"""The reading cache in the engine: cells of papers are computed once and restored."""

import subprocess
import sys
from pathlib import Path

import pytest
from engine_prompts import GLACIER, PARROTS, likelihoods, prompt, yes

from assistant.llm import Block, Engine, ReadingCache, Tuning, read_yes, render_prompt


def test_blocks_are_cached_once(caching_engine: Engine) -> None:
    assert caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result() == 2
    assert caching_engine.cache_blocks(prompt("", PARROTS, GLACIER)).result() == 0


def test_cached_blocks_are_restored(caching_engine: Engine) -> None:
    before = caching_engine.generate(prompt("How fast?", PARROTS, GLACIER), max_tokens=1)
    list(before)
    caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result()
    list(caching_engine.generate(prompt("Something else entirely.", GLACIER), max_tokens=1))
    after = caching_engine.generate(prompt("How fast?", PARROTS, GLACIER), max_tokens=1)
    list(after)
    assert after.usage.prompt_tokens == before.usage.prompt_tokens
    # Only the question and what follows it are decoded.
    question_and_task = 60
    assert after.usage.cached_tokens >= after.usage.prompt_tokens - question_and_task


def test_restored_block_gives_the_same_score_as_a_decoded_one(
    caching_engine: Engine,
) -> None:
    whole = Block(GLACIER.title, GLACIER.sentences, (0, 1, 2))
    decide = render_prompt("decide", [whole], question="How fast is the melt?")
    fresh, _ = yes(caching_engine, decide)
    caching_engine.cache_blocks(prompt("", whole)).result()
    list(caching_engine.generate(prompt("Another.", PARROTS), max_tokens=1))
    restored, usage = yes(caching_engine, decide)
    assert usage.cached_tokens > 50
    assert restored == pytest.approx(fresh, abs=0.1)  # batches differ in their last bits


def test_restored_sentences_give_nearly_the_same_score(caching_engine: Engine) -> None:
    decide = render_prompt("decide", [PARROTS, GLACIER], question="How fast is the melt?")
    fresh, _ = yes(caching_engine, decide)
    caching_engine.cache_blocks(prompt("", PARROTS, GLACIER)).result()
    restored, _ = yes(caching_engine, decide)
    assert restored == pytest.approx(fresh, abs=0.2)


def test_questions_about_one_paper_get_the_same_scores_together_as_alone(
    caching_engine: Engine,
) -> None:
    caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result()
    questions = ["How many glaciers?", "What does IceTrack do?", "Who counts walnuts?"]
    prompts = [
        render_prompt("decide", [GLACIER, PARROTS], question=question) for question in questions
    ]
    alone = [yes(caching_engine, one)[0] for one in prompts]
    together = caching_engine.score_prompts(prompts, read_yes)
    for probability_alone, (probability, _) in zip(alone, together, strict=True):
        assert probability == pytest.approx(
            probability_alone, abs=0.1
        )  # batches differ in their last bits


def test_likelihood_is_the_same_with_restored_and_shared_cells(caching_engine: Engine) -> None:
    question = "How fast is the melt?"
    uncached = likelihoods(caching_engine, question)
    caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result()
    cached = likelihoods(caching_engine, question)
    yes(caching_engine, render_prompt("look", [GLACIER], question=question))
    again = likelihoods(caching_engine, question)
    assert cached == pytest.approx(again, abs=0.5)  # batches differ in their last bits
    # Restored sentences were computed in the context of their whole abstract.
    assert cached == pytest.approx(uncached, rel=0.2)


def test_adjacent_restored_blocks_need_no_decoding_between(
    caching_engine: Engine,
) -> None:
    caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result()
    one, two = (
        caching_engine.generate(prompt("How fast?", *blocks), max_tokens=1)
        for blocks in ([GLACIER], [GLACIER, PARROTS, GLACIER])
    )
    assert list(one)
    assert list(two)
    decoded_for_one = one.usage.prompt_tokens - one.usage.cached_tokens
    assert two.usage.prompt_tokens - two.usage.cached_tokens == decoded_for_one


def test_prompt_prefix_is_cached_on_disk(small_model: Path, tmp_path: Path) -> None:
    reading_cache = ReadingCache(tmp_path / "cache", 10**9, "test")
    cached = []
    for _ in range(2):
        engine = Engine(small_model, context_tokens=2048, threads=1, reading_cache=reading_cache)
        completion = engine.generate(prompt(), max_tokens=1)
        list(completion)
        cached.append(completion.usage.cached_tokens)
        engine.close()
    assert cached[0] == 0
    assert cached[1] > 20


def test_cells_of_different_types_are_cached_separately(small_model: Path, tmp_path: Path) -> None:
    reading_cache = ReadingCache(tmp_path / "cache", 10**9, "test")
    for kv_type in ("f16", "q8_0"):
        engine = Engine(
            small_model, reading_cache=reading_cache, tuning=Tuning(kv_type=kv_type, threads=1)
        )
        assert engine.cache_blocks(prompt("", GLACIER)).result() == 1
        engine.close()


def test_fingerprints_have_separate_entries(small_model: Path, tmp_path: Path) -> None:
    for version in ("llama.cpp 1", "llama.cpp 2"):
        reading_cache = ReadingCache(tmp_path / "cache", 10**9, version)
        engine = Engine(small_model, reading_cache=reading_cache, threads=1)
        assert engine.cache_blocks(prompt("", GLACIER)).result() == 1
        assert engine.cache_blocks(prompt("", GLACIER)).result() == 0
        engine.close()


_CACHE_FIVE_PAPERS = """
import sys
from pathlib import Path
from assistant.llm import Block, Engine, ReadingCache, render_prompt

reading_cache = ReadingCache(Path(sys.argv[2]), 10**9, "test")
engine = Engine(Path(sys.argv[1]), context_tokens=2048, threads=1, reading_cache=reading_cache)
blocks = [Block(f"Paper {i}", (f"It has {i} parts.", "They fit."), (0,)) for i in range(5)]
print(engine.cache_blocks(render_prompt("answer", blocks, question="")).result())
engine.close()
"""


def test_two_processes_share_one_cache(small_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    command = [sys.executable, "-c", _CACHE_FIVE_PAPERS, str(small_model), str(folder)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    stored = [int(process.communicate()[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(stored) >= 5
    assert not list(folder.glob("*.partial"))
    again = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert int(again.stdout) == 0


def test_damaged_entry_is_computed_again(caching_engine: Engine, tmp_path: Path) -> None:
    caching_engine.cache_blocks(prompt("", GLACIER)).result()
    for path in (tmp_path / "cache").glob("*.cells"):
        path.write_bytes(path.read_bytes()[:-10])
    assert list(caching_engine.generate(prompt(), max_tokens=3))
    assert caching_engine.cache_blocks(prompt("", GLACIER)).result() == 1


def test_question_preempts_background_caching(caching_engine: Engine) -> None:
    papers = [
        Block(f"Paper {i}", tuple(f"It has fact {i} and {j}." for j in range(30)), (0,))
        for i in range(6)
    ]
    caching = caching_engine.cache_blocks(prompt("", *papers))
    assert list(caching_engine.generate(prompt(), max_tokens=2))
    assert not caching.done()
    assert caching.result() >= 1  # it continues afterwards
