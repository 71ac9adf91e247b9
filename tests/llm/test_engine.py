"""The engine on a real model: it streams, stops, queues, and recalls what it has read."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Cancelled, InputError, ModelError
from assistant.llm import (
    Block,
    Engine,
    KVDiskCache,
    Prompt,
    Tuning,
    Usage,
    Values,
    read_beginning,
    read_question,
    read_shares,
    read_state,
    read_yes,
    render_prompt,
)

GLACIER = Block(
    "Glacier Melt Seen from Balloons",
    (
        "Cameras on balloons follow 14 glaciers in Norway.",
        "IceTrack finds cracks that satellites miss.",
        "The melt speeds up by 12.5 percent a year.",
    ),
    shown=(0, 2),
)
PARROTS = Block(
    "Teaching Parrots to Count",
    ("Six parrots count walnuts.", "PolyCount rewards each right answer."),
    shown=(1,),
)


def prompt(question: str = "How fast is the melt?", *blocks: Block) -> Prompt:
    return render_prompt("answer", blocks or (GLACIER,), question=question)


def yes(engine: Engine, asked: Prompt) -> tuple[float, Usage]:
    """The share of yes in the reply, and what it took."""
    [reply] = engine.score_prompts([asked], read_yes)
    return reply


@pytest.fixture(scope="module")
def engine(small_model: Path) -> Iterator[Engine]:
    engine = Engine(small_model, context_tokens=2048, threads=1)
    yield engine
    engine.close()


@pytest.fixture(params=["f16", "q8_0"])
def recalling(
    small_model: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Engine]:
    """An engine that keeps what it reads; of cells of the one type it moves them itself."""
    readings = KVDiskCache(tmp_path / "readings", 10**9, "test")
    tuning = Tuning(kv_type=request.param)
    engine = Engine(small_model, context_tokens=2048, threads=1, readings=readings, tuning=tuning)
    yield engine
    engine.close()


def test_an_answer_streams_in_pieces_and_counts_its_tokens(engine: Engine) -> None:
    completion = engine.generate(prompt(), max_tokens=12)
    pieces = list(completion)
    assert len(pieces) > 1
    assert 1 <= completion.usage.completion_tokens <= 12
    assert completion.usage.prompt_tokens > 50


def test_an_answer_goes_on_from_what_it_begins_with(engine: Engine) -> None:
    asked = prompt("What is IceTrack?")
    whole = "".join(engine.generate(asked, max_tokens=12))
    opening = whole[: whole.index(" ", 4)]
    completion = engine.generate(replace(asked, begun=opening), max_tokens=12)
    pieces = list(completion)
    assert pieces[0] == opening
    assert whole.startswith("".join(pieces[:4]))


def test_the_same_prompt_gives_the_same_answer_and_is_not_read_again(engine: Engine) -> None:
    first = engine.generate(prompt("What is IceTrack?"), max_tokens=12)
    text = "".join(first)
    again = engine.generate(prompt("What is IceTrack?"), max_tokens=12)
    assert "".join(again) == text
    assert again.usage.cached_tokens == again.usage.prompt_tokens - 1


def test_deciding_and_answering_share_the_reading_of_the_evidence(engine: Engine) -> None:
    question = "How many glaciers are followed?"
    decide = render_prompt("decide", [GLACIER, PARROTS], question=question)
    [(shares, _)] = engine.score_prompts([decide], read_shares(("yes", "no")))
    answer = engine.generate(prompt(question, GLACIER, PARROTS), max_tokens=4)
    list(answer)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0
    assert answer.usage.cached_tokens > 0.6 * answer.usage.prompt_tokens


def test_how_many_answers_begin_with_some_words_is_read_off_the_prompt(engine: Engine) -> None:
    asked = prompt("Is IceTrack about glaciers?", GLACIER)
    begun = next(iter(engine.generate(asked, max_tokens=1))).strip()

    words = (begun, "zebra"), (begun,), ("zebra",), ()
    both, likeliest, other, none = (
        share for word in words for share, _ in engine.score_prompts([asked], read_beginning(word))
    )

    assert 0 < other < likeliest < 1
    assert both == pytest.approx(likeliest + other)
    assert none == 0


def states(engine: Engine, *prompts: Prompt) -> list[Values]:
    """The model's state at the end of what the user says in each prompt."""
    found = [state for state, _ in engine.score_prompts(prompts, read_state)]
    assert all(state is not None for state in found)
    return [state for state in found if state is not None]


def alike(a: Values, b: Values) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_another_question_has_another_state_and_so_have_other_papers(recalling: Engine) -> None:
    one, other, of_parrots = states(
        recalling, prompt(), prompt("Who counts walnuts?"), prompt("How fast is the melt?", PARROTS)
    )
    assert alike(one, other) < 0.99
    assert alike(one, of_parrots) < 0.999


def test_what_is_read_off_a_prompt_comes_with_its_answer(engine: Engine) -> None:
    asked = prompt("What is IceTrack?")
    state, completion = engine.read_and_generate(asked, read_state, max_tokens=8)
    text = "".join(completion)
    assert text == "".join(engine.generate(asked, max_tokens=8))
    assert state is not None
    assert alike(state, states(engine, asked)[0]) > 0.99


def test_a_prompt_that_cannot_be_read_is_an_error_for_what_was_to_be_read_off_it(
    engine: Engine,
) -> None:
    with pytest.raises(InputError, match="context holds"):
        engine.read_and_generate(prompt("why " * 3000), read_state, max_tokens=5)


@pytest.fixture
def asked() -> tuple[Prompt, Prompt]:
    """A prompt to decide by and the prompt of the answer, about the same evidence."""
    question = "How many of the balloons came back?"
    decide = render_prompt("decide", [GLACIER, PARROTS], question=question)
    return decide, prompt(question, GLACIER, PARROTS)


def test_a_decision_and_its_answer_are_read_side_by_side(
    small_model: Path, asked: tuple[Prompt, Prompt]
) -> None:
    fresh = Engine(small_model, context_tokens=2048, threads=1)
    decide, answer = asked
    share, _, completion = fresh.score_and_generate(decide, read_yes, answer, max_tokens=8)
    assert "".join(completion)
    assert completion.usage.completion_tokens > 0
    # What both begin with, the question included, is read once.
    task = 40
    assert completion.usage.prompt_tokens - completion.usage.cached_tokens < task
    alone, _ = yes(fresh, decide)
    assert share == pytest.approx(alone, abs=0.1)
    fresh.close()


def test_an_answer_that_is_decided_against_is_dropped(
    engine: Engine, asked: tuple[Prompt, Prompt]
) -> None:
    decide, answer = asked
    _, _, completion = engine.score_and_generate(decide, read_yes, answer, max_tokens=1000)
    completion.drop()
    with pytest.raises(Cancelled):
        list(completion)
    assert list(engine.generate(prompt(), max_tokens=2))


def test_stopping_ends_the_writing_and_frees_the_engine(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("Tell a long story."), max_tokens=1000, stop=stop)
    with pytest.raises(Cancelled):  # noqa: PT012 - the pieces before the stop are part of it
        for _ in completion:
            stop.set()
    assert list(engine.generate(prompt(), max_tokens=2))


LONG = Block("A long one", tuple(f"Sentence number {i}." for i in range(200)), (*range(200),))


def test_stopping_ends_the_reading_too(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("What?", LONG), max_tokens=5, stop=stop)
    stop.set()
    with pytest.raises(Cancelled):
        list(completion)
    assert list(engine.generate(prompt(), max_tokens=2))


def test_stopping_in_the_middle_of_the_reading_cuts_it(engine: Engine) -> None:
    list(engine.generate(prompt(), max_tokens=1))  # the model is loaded
    stop = threading.Event()
    completion = engine.generate(prompt("What now?", LONG), max_tokens=5, stop=stop)
    time.sleep(0.1)  # it reads by now, and will for much longer
    stop.set()
    with pytest.raises(Cancelled):
        list(completion)
    assert completion.usage.prompt_tokens == 0
    assert list(engine.generate(prompt(), max_tokens=2))


def test_stopping_in_the_middle_of_the_writing_cuts_it(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("Count to a thousand."), max_tokens=1000, stop=stop)
    written = []
    with pytest.raises(Cancelled):  # noqa: PT012 - the pieces before the stop are part of it
        for piece in completion:
            written.append(piece)
            if len(written) == 5:
                stop.set()
    assert len(written) < 500


def test_a_request_stopped_while_it_waits_never_runs(engine: Engine) -> None:
    running = engine.generate(prompt("Tell a long story."), max_tokens=40)
    stop = threading.Event()
    waiting = engine.generate(prompt(), max_tokens=5, stop=stop)
    stop.set()
    assert list(running)
    with pytest.raises(Cancelled):
        list(waiting)
    assert waiting.usage.prompt_tokens == 0


def test_leaving_the_iteration_stops_the_model(engine: Engine) -> None:
    stop = threading.Event()
    pieces = iter(engine.generate(prompt("Tell a long story."), max_tokens=1000, stop=stop))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert stop.is_set()


def test_several_threads_get_each_their_own_answer(engine: Engine) -> None:
    questions = ["How fast is the melt?", "Is it 2?", "Do you agree, yes or no?", "Who?"]
    alone = [yes(engine, prompt(q))[0] for q in questions]
    together: dict[str, float] = {}

    def ask(question: str) -> None:
        # Not the words of an answer: what is read side by side differs in its last bits.
        together[question], _ = yes(engine, prompt(question))

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[question] for question in questions] == pytest.approx(alone, abs=0.1)


def test_one_of_several_answers_can_be_stopped_and_the_others_go_on(engine: Engine) -> None:
    question = "How fast is the melt?"
    alone = "".join(engine.generate(prompt(question), max_tokens=12))
    stop = threading.Event()
    stopped = iter(engine.generate(prompt("Tell a long story."), max_tokens=500, stop=stop))
    next(stopped)
    other = engine.generate(prompt(question), max_tokens=12)
    pieces = iter(other)
    first = next(pieces)
    stop.set()
    with pytest.raises(Cancelled):
        list(stopped)
    assert first + "".join(pieces) == alone


def test_more_questions_than_can_be_answered_at_once_wait_their_turn(engine: Engine) -> None:
    completions = [engine.generate(prompt(f"Is {i} odd?"), max_tokens=3) for i in range(9)]
    assert all(list(completion) for completion in completions)


def test_answers_that_fit_alone_but_not_together_wait_for_each_other(small_model: Path) -> None:
    engine = Engine(small_model, context_tokens=320, threads=1)
    completions = [
        engine.generate(prompt(f"Count from {i} to a thousand."), max_tokens=150) for i in range(3)
    ]
    for completion in completions:
        assert list(completion)
    assert sum(one.usage.prompt_tokens + 150 for one in completions) > 320
    engine.close()


def test_a_request_that_is_stopped_while_there_is_no_place_for_it_ends_at_once(
    engine: Engine,
) -> None:
    stop = threading.Event()
    running = [engine.generate(prompt("Tell a story."), max_tokens=400, stop=stop) for _ in "four"]
    for completion in running:
        next(iter(completion))
    unwanted = threading.Event()
    waiting = engine.generate(prompt("Why?"), max_tokens=5, stop=unwanted)
    unwanted.set()
    with pytest.raises(Cancelled):
        list(waiting)
    assert any(one.usage.completion_tokens == 0 for one in running)  # not all have ended
    stop.set()
    for completion in running:
        with pytest.raises(Cancelled):
            list(completion)


def test_several_prompts_weighed_together_are_weighed_as_if_alone(engine: Engine) -> None:
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
    assert len(together) == 10  # more than there are seats
    for share_alone, (share, usage) in zip(alone, together, strict=True):
        assert share == pytest.approx(share_alone, abs=0.1)  # other batches, other last bits
        assert usage.prompt_tokens > 50


def likelihoods(engine: Engine, question: str) -> list[float]:
    """How likely the two papers make a question."""
    prompts = [prompt(question, block) for block in (GLACIER, PARROTS)]
    return [
        likelihood
        for (likelihood, _), _ in engine.score_prompts(prompts, read_question, with_likelihood=True)
    ]


def test_a_paper_makes_a_question_about_it_likelier(engine: Engine) -> None:
    of_glacier, of_parrots = likelihoods(engine, "How do the glaciers melt?")
    assert of_parrots < of_glacier < 0
    of_glacier, of_parrots = likelihoods(engine, "Do the parrots count walnuts?")
    assert of_glacier < of_parrots < 0


def test_only_the_beginning_of_a_long_question_counts(engine: Engine) -> None:
    long = likelihoods(engine, "How do they melt? " * 30)
    assert long == pytest.approx(likelihoods(engine, "How do they melt? " * 40), abs=0.5)


def test_a_question_is_as_likely_when_it_was_just_asked(recalling: Engine) -> None:
    question = "How fast is the melt?"
    unread = likelihoods(recalling, question)
    recalling.read(prompt("", GLACIER, PARROTS)).result()
    read = likelihoods(recalling, question)
    yes(recalling, render_prompt("look", [GLACIER], question=question))
    again = likelihoods(recalling, question)
    assert read == pytest.approx(again, abs=0.5)  # other batches, other last bits
    # RecalledCell sentences were read beside the others of their paper.
    assert read == pytest.approx(unread, rel=0.2)


def test_a_state_is_the_same_where_the_likelihood_is_wanted_too(recalling: Engine) -> None:
    asked = prompt("How fast is the melt?")
    [((_, state), _)] = recalling.score_prompts([asked], read_question, with_likelihood=True)
    assert state is not None
    assert alike(state, states(recalling, asked)[0]) > 0.99


def test_a_question_that_was_scored_is_not_read_again_to_be_answered(recalling: Engine) -> None:
    recalling.read(prompt("", GLACIER, PARROTS)).result()
    likelihoods(recalling, "How fast is the melt?")
    completion = recalling.generate(prompt("How fast is the melt?"), max_tokens=1)
    list(completion)
    assert completion.usage.cached_tokens == completion.usage.prompt_tokens - 1


def test_a_reply_is_weighed_behind_a_question_that_was_scored(recalling: Engine) -> None:
    recalling.read(prompt("", GLACIER)).result()
    look = render_prompt("look", [GLACIER], question="How fast is the melt?")
    share, _ = yes(recalling, look)
    list(recalling.generate(prompt("Another.", PARROTS), max_tokens=1))
    likelihoods(recalling, "How fast is the melt?")
    share_behind, usage = yes(recalling, look)
    assert share_behind == pytest.approx(share, abs=0.1)
    assert usage.cached_tokens > usage.prompt_tokens - 40  # the question stood there


def test_one_of_several_prompts_that_is_too_long_is_an_error(engine: Engine) -> None:
    with pytest.raises(InputError, match="context holds"):
        engine.score_prompts([prompt(), prompt("why " * 3000)], read_yes)


def test_a_prompt_longer_than_the_context_is_an_error_that_says_so(engine: Engine) -> None:
    with pytest.raises(InputError, match="context holds 2048"):
        list(engine.generate(prompt("why " * 3000), max_tokens=5))


def test_a_file_that_is_no_model_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    engine = Engine(broken)
    with pytest.raises(ModelError, match="cannot load"):
        engine.wait_until_loaded()
    engine.close()


# -- the reading cache ---------------------------------------------------------------------------


def test_a_paper_is_read_once(recalling: Engine) -> None:
    assert recalling.read(prompt("", GLACIER, PARROTS)).result() == 2
    assert recalling.read(prompt("", PARROTS, GLACIER)).result() == 0


def test_what_was_read_is_recalled(recalling: Engine) -> None:
    before = recalling.generate(prompt("How fast?", PARROTS, GLACIER), max_tokens=1)
    list(before)
    recalling.read(prompt("", GLACIER, PARROTS)).result()
    list(recalling.generate(prompt("Something else entirely.", GLACIER), max_tokens=1))
    after = recalling.generate(prompt("How fast?", PARROTS, GLACIER), max_tokens=1)
    list(after)
    assert after.usage.prompt_tokens == before.usage.prompt_tokens
    # Only the question and what follows it are read; all of both papers is recalled.
    question_and_task = 60
    assert after.usage.cached_tokens >= after.usage.prompt_tokens - question_and_task


def test_a_whole_block_recalled_in_its_place_answers_as_if_read_there(
    recalling: Engine,
) -> None:
    whole = Block(GLACIER.title, GLACIER.sentences, (0, 1, 2))
    decide = render_prompt("decide", [whole], question="How fast is the melt?")
    fresh, _ = yes(recalling, decide)
    recalling.read(prompt("", whole)).result()
    list(recalling.generate(prompt("Another.", PARROTS), max_tokens=1))
    recalled, usage = yes(recalling, decide)
    assert usage.cached_tokens > 50
    assert recalled == pytest.approx(fresh, abs=0.1)  # as read in other batches: see test_context


def test_recalled_sentences_answer_nearly_as_if_read_alone(recalling: Engine) -> None:
    decide = render_prompt("decide", [PARROTS, GLACIER], question="How fast is the melt?")
    fresh, _ = yes(recalling, decide)
    recalling.read(prompt("", PARROTS, GLACIER)).result()
    recalled, _ = yes(recalling, decide)
    assert recalled == pytest.approx(fresh, abs=0.2)


def test_questions_about_one_paper_at_once_are_answered_as_if_alone(recalling: Engine) -> None:
    recalling.read(prompt("", GLACIER, PARROTS)).result()
    questions = ["How many glaciers?", "What does IceTrack do?", "Who counts walnuts?"]
    prompts = [
        render_prompt("decide", [GLACIER, PARROTS], question=question) for question in questions
    ]
    alone = [yes(recalling, one)[0] for one in prompts]
    together = recalling.score_prompts(prompts, read_yes)
    for share_alone, (share, _) in zip(alone, together, strict=True):
        assert share == pytest.approx(share_alone, abs=0.1)  # other batches, other last bits


def test_recalled_papers_stand_side_by_side_without_a_token_to_read_between(
    recalling: Engine,
) -> None:
    recalling.read(prompt("", GLACIER, PARROTS)).result()
    one, two = (
        recalling.generate(prompt("How fast?", *blocks), max_tokens=1)
        for blocks in ([GLACIER], [GLACIER, PARROTS, GLACIER])
    )
    assert list(one)
    assert list(two)
    read_of_one = one.usage.prompt_tokens - one.usage.cached_tokens
    assert two.usage.prompt_tokens - two.usage.cached_tokens == read_of_one


def test_the_opening_of_all_prompts_is_read_once_and_kept(
    small_model: Path, tmp_path: Path
) -> None:
    readings = KVDiskCache(tmp_path / "readings", 10**9, "test")
    cached = []
    for _ in range(2):
        engine = Engine(small_model, context_tokens=2048, threads=1, readings=readings)
        completion = engine.generate(prompt(), max_tokens=1)
        list(completion)
        cached.append(completion.usage.cached_tokens)
        engine.close()
    assert cached[0] == 0
    assert cached[1] > 20


def test_cells_of_one_type_are_not_recalled_as_another(small_model: Path, tmp_path: Path) -> None:
    readings = KVDiskCache(tmp_path / "readings", 10**9, "test")
    for kv_type in ("f16", "q8_0"):
        engine = Engine(small_model, readings=readings, tuning=Tuning(kv_type=kv_type, threads=1))
        assert engine.read(prompt("", GLACIER)).result() == 1
        engine.close()


def test_what_another_version_has_read_is_read_again(small_model: Path, tmp_path: Path) -> None:
    for version in ("llama.cpp 1", "llama.cpp 2"):
        readings = KVDiskCache(tmp_path / "readings", 10**9, version)
        engine = Engine(small_model, readings=readings, threads=1)
        assert engine.read(prompt("", GLACIER)).result() == 1
        assert engine.read(prompt("", GLACIER)).result() == 0
        engine.close()


_READS = """
import sys
from pathlib import Path
from assistant.llm import Block, Engine, KVDiskCache, render_prompt

readings = KVDiskCache(Path(sys.argv[2]), 10**9, "test")
engine = Engine(Path(sys.argv[1]), context_tokens=2048, threads=1, readings=readings)
blocks = [Block(f"Paper {i}", (f"It has {i} parts.", "They fit."), (0,)) for i in range(5)]
print(engine.read(render_prompt("answer", blocks, question="")).result())
engine.close()
"""


def test_two_processes_share_one_cache(small_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "readings"
    command = [sys.executable, "-c", _READS, str(small_model), str(folder)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    read = [int(process.communicate()[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(read) >= 5
    assert not list(folder.glob("*.partial"))
    again = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert int(again.stdout) == 0


def test_a_damaged_reading_is_read_again(recalling: Engine, tmp_path: Path) -> None:
    recalling.read(prompt("", GLACIER)).result()
    for path in (tmp_path / "readings").glob("*.cells"):
        path.write_bytes(path.read_bytes()[:-10])
    assert list(recalling.generate(prompt(), max_tokens=3))
    assert recalling.read(prompt("", GLACIER)).result() == 1


def test_a_question_comes_before_background_reading(recalling: Engine) -> None:
    papers = [
        Block(f"Paper {i}", tuple(f"It has fact {i} and {j}." for j in range(30)), (0,))
        for i in range(6)
    ]
    reading = recalling.read(prompt("", *papers))
    assert list(recalling.generate(prompt(), max_tokens=2))
    assert not reading.done()
    assert reading.result() >= 1  # it goes on afterwards


def test_closing_drops_what_waits(small_model: Path) -> None:
    engine = Engine(small_model)
    waiting = [engine.generate(prompt(), max_tokens=500) for _ in range(3)]
    engine.close()
    with pytest.raises(Cancelled):
        list(waiting[-1])
