"""Readouts of prompts: probabilities of replies, likelihoods of questions, states."""

from pathlib import Path

import pytest
from engine_prompts import GLACIER, PARROTS, correlation, likelihoods, prompt, states, yes

from assistant.errors import Cancelled, InputError
from assistant.llm import (
    Engine,
    Prompt,
    read_first_word_probability,
    read_likelihood_and_state,
    read_question_state,
    read_yes,
    render_prompt,
)


def test_first_word_share_sums_over_words(engine: Engine) -> None:
    question = prompt("Is IceTrack about glaciers?", GLACIER)
    first_word = next(iter(engine.generate(question, max_tokens=1))).strip()

    words = (first_word, "zebra"), (first_word,), ("zebra",), ()
    both, likely, unlikely, none = (
        probability
        for word in words
        for probability, _ in engine.score_prompts([question], read_first_word_probability(word))
    )

    assert 0 < unlikely < likely < 1
    assert both == pytest.approx(likely + unlikely)
    assert none == 0


def test_state_depends_on_the_question_and_the_papers(caching_engine: Engine) -> None:
    one, other, of_parrots = states(
        caching_engine,
        prompt(),
        prompt("Who counts walnuts?"),
        prompt("How fast is the melt?", PARROTS),
    )
    assert correlation(one, other) < 0.99
    assert correlation(one, of_parrots) < 0.999


def test_readout_is_returned_with_the_answer(engine: Engine) -> None:
    question = prompt("What is IceTrack?")
    state, completion = engine.read_and_generate(question, read_question_state, max_tokens=8)
    text = "".join(completion)
    assert text == "".join(engine.generate(question, max_tokens=8))
    assert state is not None
    assert correlation(state, states(engine, question)[0]) > 0.99


def test_readout_of_a_prompt_that_is_too_long_raises(
    engine: Engine,
) -> None:
    with pytest.raises(InputError, match="context holds"):
        engine.read_and_generate(prompt("why " * 3000), read_question_state, max_tokens=5)


@pytest.fixture
def decide_and_answer() -> tuple[Prompt, Prompt]:
    """The prompts decide and answer about the same evidence."""
    question = "How many of the balloons came back?"
    decide = render_prompt("decide", [GLACIER, PARROTS], question=question)
    return decide, prompt(question, GLACIER, PARROTS)


def test_scored_prompt_and_answer_share_their_prefix(
    small_model: Path, decide_and_answer: tuple[Prompt, Prompt]
) -> None:
    fresh = Engine(small_model, context_tokens=2048, threads=1)
    decide, answer = decide_and_answer
    probability, _, completion = fresh.score_and_generate(decide, read_yes, answer, max_tokens=8)
    assert "".join(completion)
    assert completion.usage.completion_tokens > 0
    # The common prefix, which includes the question, is decoded once.
    task = 40
    assert completion.usage.prompt_tokens - completion.usage.cached_tokens < task
    alone, _ = yes(fresh, decide)
    assert probability == pytest.approx(alone, abs=0.1)
    fresh.close()


def test_dropped_answer_is_cancelled(
    engine: Engine, decide_and_answer: tuple[Prompt, Prompt]
) -> None:
    decide, answer = decide_and_answer
    _, _, completion = engine.score_and_generate(decide, read_yes, answer, max_tokens=1000)
    completion.drop()
    with pytest.raises(Cancelled):
        list(completion)
    assert list(engine.generate(prompt(), max_tokens=2))


def test_prompts_scored_together_get_the_same_scores_as_alone(engine: Engine) -> None:
    prompts = [
        render_prompt("decide", [block], question=question)
        for block in (GLACIER, PARROTS)
        for question in (
            "How fast is the melt?",
            "What do parrots count?",
            "Who?",
            "Why?",
            "Is it?",
        )
    ]
    alone = [yes(engine, one)[0] for one in prompts]
    together = engine.score_prompts(prompts, read_yes)
    assert len(together) == 10  # more than there are slots
    for probability_alone, (probability, usage) in zip(alone, together, strict=True):
        assert probability == pytest.approx(
            probability_alone, abs=0.1
        )  # batches differ in their last bits
        assert usage.prompt_tokens > 50


def test_paper_about_the_question_makes_it_more_likely(engine: Engine) -> None:
    of_glacier, of_parrots = likelihoods(engine, "How do the glaciers melt?")
    assert of_parrots < of_glacier < 0
    of_glacier, of_parrots = likelihoods(engine, "Do the parrots count walnuts?")
    assert of_glacier < of_parrots < 0


def test_only_the_beginning_of_a_long_question_is_scored(engine: Engine) -> None:
    long = likelihoods(engine, "How do they melt? " * 30)
    assert long == pytest.approx(likelihoods(engine, "How do they melt? " * 40), abs=0.5)


def test_state_is_the_same_with_likelihood(caching_engine: Engine) -> None:
    question = prompt("How fast is the melt?")
    [((_, state), _)] = caching_engine.score_prompts(
        [question], read_likelihood_and_state, with_likelihood=True
    )
    assert state is not None
    assert correlation(state, states(caching_engine, question)[0]) > 0.99


def test_scored_question_is_not_decoded_again_for_its_answer(caching_engine: Engine) -> None:
    caching_engine.cache_blocks(prompt("", GLACIER, PARROTS)).result()
    likelihoods(caching_engine, "How fast is the melt?")
    completion = caching_engine.generate(prompt("How fast is the melt?"), max_tokens=1)
    list(completion)
    assert completion.usage.cached_tokens == completion.usage.prompt_tokens - 1


def test_prompt_reuses_the_cells_of_a_scored_question(caching_engine: Engine) -> None:
    caching_engine.cache_blocks(prompt("", GLACIER)).result()
    look = render_prompt("look", [GLACIER], question="How fast is the melt?")
    probability, _ = yes(caching_engine, look)
    list(caching_engine.generate(prompt("Another.", PARROTS), max_tokens=1))
    likelihoods(caching_engine, "How fast is the melt?")
    probability_behind, usage = yes(caching_engine, look)
    assert probability_behind == pytest.approx(probability, abs=0.1)
    assert usage.cached_tokens > usage.prompt_tokens - 40  # the question was in the KV cache


def test_one_prompt_that_is_too_long_raises(engine: Engine) -> None:
    with pytest.raises(InputError, match="context holds"):
        engine.score_prompts([prompt(), prompt("why " * 3000)], read_yes)
