"""The engine with a real model: generating answers, several at a time."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from engine_prompts import GLACIER, PARROTS, prompt, yes

from assistant.errors import InputError, ModelError
from assistant.llm import Engine, read_word_probabilities, render_prompt


def test_answer_streams_in_pieces_and_counts_tokens(engine: Engine) -> None:
    completion = engine.generate(prompt(), max_tokens=12)
    pieces = list(completion)
    assert len(pieces) > 1
    assert 1 <= completion.usage.completion_tokens <= 12
    assert completion.usage.prompt_tokens > 50


def test_answer_continues_its_prefix(engine: Engine) -> None:
    question = prompt("What is IceTrack?")
    whole = "".join(engine.generate(question, max_tokens=12))
    prefix = whole[: whole.index(" ", 4)]
    completion = engine.generate(replace(question, answer_prefix=prefix), max_tokens=12)
    pieces = list(completion)
    assert pieces[0] == prefix
    assert whole.startswith("".join(pieces[:4]))


def test_repeated_prompt_gives_the_same_answer_from_the_kv_cache(engine: Engine) -> None:
    first = engine.generate(prompt("What is IceTrack?"), max_tokens=12)
    text = "".join(first)
    again = engine.generate(prompt("What is IceTrack?"), max_tokens=12)
    assert "".join(again) == text
    assert again.usage.cached_tokens == again.usage.prompt_tokens - 1


def test_prompts_about_the_same_evidence_share_its_cells(engine: Engine) -> None:
    question = "How many glaciers are followed?"
    decide = render_prompt("decide", [GLACIER, PARROTS], question=question)
    [(probabilities, _)] = engine.score_prompts([decide], read_word_probabilities(("yes", "no")))
    answer = engine.generate(prompt(question, GLACIER, PARROTS), max_tokens=4)
    list(answer)
    assert sum(probabilities) == pytest.approx(1)
    assert min(probabilities) >= 0
    assert answer.usage.cached_tokens > 0.6 * answer.usage.prompt_tokens


def test_concurrent_threads_get_their_own_answers(engine: Engine) -> None:
    questions = ["How fast is the melt?", "Is it 2?", "Do you agree, yes or no?", "Who?"]
    alone = [yes(engine, prompt(q))[0] for q in questions]
    together: dict[str, float] = {}

    def ask(question: str) -> None:
        # Not an answer: results of different batches differ in their last bits.
        together[question], _ = yes(engine, prompt(question))

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[question] for question in questions] == pytest.approx(alone, abs=0.1)


def test_requests_beyond_the_limit_wait_for_a_slot(engine: Engine) -> None:
    completions = [engine.generate(prompt(f"Is {i} odd?"), max_tokens=3) for i in range(9)]
    assert all(list(completion) for completion in completions)


def test_answers_that_do_not_fit_together_wait_for_each_other(small_model: Path) -> None:
    engine = Engine(small_model, context_tokens=320, threads=1)
    completions = [
        engine.generate(prompt(f"Count from {i} to a thousand."), max_tokens=150) for i in range(3)
    ]
    for completion in completions:
        assert list(completion)
    assert sum(one.usage.prompt_tokens + 150 for one in completions) > 320
    engine.close()


def test_prompt_longer_than_the_context_raises(engine: Engine) -> None:
    with pytest.raises(InputError, match="context holds 2048"):
        list(engine.generate(prompt("why " * 3000), max_tokens=5))


def test_file_that_is_not_a_model_raises(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    engine = Engine(broken)
    with pytest.raises(ModelError, match="cannot load"):
        engine.wait_until_loaded()
    engine.close()
