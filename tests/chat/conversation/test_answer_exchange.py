"""Answering an exchange, without the page."""

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from assistant import Assistant, Settings
from assistant.chat.conversation.answer_exchange import answer_exchange
from assistant.chat.conversation.exchange import Exchange, turns
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.library import Library

_QUESTION = "How many glaciers are followed?"


@pytest.fixture
def small_assistant(small_library: Library) -> Iterator[Assistant]:
    settings = Settings(model="smollm2-135m-instruct", abstention_threshold=0.0)
    with Assistant(small_library, settings) as assistant:
        yield assistant


def _stream(
    assistant: Assistant, question: str = _QUESTION, earlier: tuple[Exchange, ...] = ()
) -> Iterator[Exchange]:
    first = Exchange(question)
    get_assistant = _always(assistant, ModelLoading(assistant.load))
    return answer_exchange(get_assistant, QuestionQueue(1), first, earlier, threading.Event())


def _always(
    assistant: Assistant, loading: ModelLoading
) -> Callable[[], tuple[Assistant, ModelLoading]]:
    return lambda: (assistant, loading)


def test_stages_are_in_order_and_the_answer_is_last(small_assistant: Assistant) -> None:
    seen = list(_stream(small_assistant))

    assert list(dict.fromkeys(exchange.stage for exchange in seen)) == [
        "loading",
        "searching",
        "reading",
        "writing",
        "answered",
    ]
    reading = next(exchange for exchange in seen if exchange.stage == "reading")
    assert reading.evidence
    last = seen[-1]
    assert last.answer is not None
    assert last.sentences == last.answer.sentences
    assert not last.pending
    assert not last.unfinished


def test_unfinished_text_grows_until_its_sentence_is_finished(small_assistant: Assistant) -> None:
    writing = [one for one in _stream(small_assistant) if one.stage == "writing"]
    for before, after in pairwise(writing):
        grows = after.unfinished.startswith(before.unfinished)
        finished = len(after.sentences) + after.dropped > len(before.sentences) + before.dropped
        assert grows or finished


def test_follow_up_is_asked_with_the_earlier_turns(small_assistant: Assistant) -> None:
    *_, first = _stream(small_assistant)
    *_, second = _stream(small_assistant, "And in which country?", earlier=(first,))

    assert turns([first])[0].question == _QUESTION
    assert second.answer is not None
    assert second.answer.question == "And in which country?"


def test_stopping_keeps_the_written_text(small_assistant: Assistant) -> None:
    stop = threading.Event()
    last = None
    get_assistant = _always(small_assistant, ModelLoading(small_assistant.load))
    for last in answer_exchange(
        get_assistant, QuestionQueue(1), Exchange("Tell me a story."), (), stop
    ):
        if last.stage == "writing":
            stop.set()
    assert last is not None
    assert last.stage in ("stopped", "answered")
    assert last.unfinished or last.sentences


def test_missing_model_fails_the_exchange(small_library: Library) -> None:
    with Assistant(small_library, Settings(model="no-such-model")) as assistant:
        *_, last = _stream(assistant)
    assert last.stage == "failed"
    assert "no-such-model" in last.problem


def test_waiting_question_reports_how_many_are_ahead(small_assistant: Assistant) -> None:
    queue, stop = QuestionQueue(1), threading.Event()
    get_assistant = _always(small_assistant, ModelLoading(small_assistant.load))
    with queue.ticket(), queue.ticket():
        waiting = answer_exchange(get_assistant, queue, Exchange(_QUESTION), (), stop)
        assert (first := next(waiting)).stage == "waiting"
        assert first.ahead == 2

    *_, last = waiting
    assert last.stage == "answered"


def test_waiting_question_is_answered_by_the_model_chosen_meanwhile(
    small_assistant: Assistant,
) -> None:
    before = small_assistant.with_settings(Settings(model="no-such-model"))
    now = [before]
    queue = QuestionQueue(1)
    with queue.ticket():
        waiting = answer_exchange(
            lambda: (now[-1], ModelLoading(now[-1].load)),
            queue,
            Exchange(_QUESTION),
            (),
            threading.Event(),
        )
        next(waiting)
        now.append(small_assistant)

    *_, last = waiting
    assert last.stage == "answered"


def test_waiting_question_can_be_stopped(small_assistant: Assistant) -> None:
    queue, stop = QuestionQueue(1), threading.Event()
    get_assistant = _always(small_assistant, ModelLoading(small_assistant.load))
    with queue.ticket() as other:
        waiting = answer_exchange(get_assistant, queue, Exchange(_QUESTION), (), stop)
        next(waiting)
        stop.set()
        *_, last = waiting
        assert last.stage == "stopped"
        assert queue.ahead(other) == 0
