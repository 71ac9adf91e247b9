"""Stopping the engine: while a request waits, in prefill, while generating, and on closing."""

import threading
import time
from pathlib import Path

import pytest
from engine_prompts import prompt

from assistant.errors import Cancelled
from assistant.llm import Block, Engine


def test_stop_ends_the_answer_and_the_engine_continues(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("Tell a long story."), max_tokens=1000, stop=stop)
    with pytest.raises(Cancelled):  # noqa: PT012 - the pieces before the stop are part of it
        for _ in completion:
            stop.set()
    assert list(engine.generate(prompt(), max_tokens=2))


LONG = Block("A long paper", tuple(f"Sentence number {i}." for i in range(200)), (*range(200),))


def test_stop_before_prefill_ends_the_request(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("What?", LONG), max_tokens=5, stop=stop)
    stop.set()
    with pytest.raises(Cancelled):
        list(completion)
    assert list(engine.generate(prompt(), max_tokens=2))


def test_stop_during_prefill_aborts_it(engine: Engine) -> None:
    list(engine.generate(prompt(), max_tokens=1))  # the model is loaded
    stop = threading.Event()
    completion = engine.generate(prompt("What now?", LONG), max_tokens=5, stop=stop)
    time.sleep(0.1)  # by now it is in prefill, which takes much longer
    stop.set()
    with pytest.raises(Cancelled):
        list(completion)
    assert completion.usage.prompt_tokens == 0
    assert list(engine.generate(prompt(), max_tokens=2))


def test_stop_while_generating_ends_the_answer(engine: Engine) -> None:
    stop = threading.Event()
    completion = engine.generate(prompt("Count to a thousand."), max_tokens=1000, stop=stop)
    written = []
    with pytest.raises(Cancelled):  # noqa: PT012 - the pieces before the stop are part of it
        for piece in completion:
            written.append(piece)
            if len(written) == 5:
                stop.set()
    assert len(written) < 500


def test_request_stopped_while_waiting_never_runs(engine: Engine) -> None:
    running = engine.generate(prompt("Tell a long story."), max_tokens=40)
    stop = threading.Event()
    waiting = engine.generate(prompt(), max_tokens=5, stop=stop)
    stop.set()
    assert list(running)
    with pytest.raises(Cancelled):
        list(waiting)
    assert waiting.usage.prompt_tokens == 0


def test_leaving_the_iteration_sets_the_stop_event(engine: Engine) -> None:
    stop = threading.Event()
    pieces = iter(engine.generate(prompt("Tell a long story."), max_tokens=1000, stop=stop))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert stop.is_set()


def test_stopping_one_answer_leaves_the_others_running(engine: Engine) -> None:
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


def test_request_stopped_while_no_slot_is_free_ends_at_once(
    engine: Engine,
) -> None:
    stop = threading.Event()
    running = [engine.generate(prompt("Tell a story."), max_tokens=400, stop=stop) for _ in "four"]
    streams = [iter(completion) for completion in running]  # leaving one would stop all
    for stream in streams:
        next(stream)
    unwanted = threading.Event()
    waiting = engine.generate(prompt("Why?"), max_tokens=5, stop=unwanted)
    unwanted.set()
    with pytest.raises(Cancelled):
        list(waiting)
    assert any(one.usage.completion_tokens == 0 for one in running)  # not all of them have ended
    stop.set()
    for stream in streams:
        with pytest.raises(Cancelled):
            list(stream)


def test_closing_the_engine_cancels_waiting_requests(small_model: Path) -> None:
    engine = Engine(small_model)
    waiting = [engine.generate(prompt(), max_tokens=500) for _ in range(3)]
    engine.close()
    with pytest.raises(Cancelled):
        list(waiting[-1])
