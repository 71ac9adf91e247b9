"""One question's way through the page, without the page."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise

import gradio as gr
import pytest

from assistant import Assistant, Settings
from assistant.chat.conversation.exchange import Exchange, converse, turns
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.chat.jobs.stop_events import StopEvents
from assistant.chat.widgets.model_status import model_state
from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import Cancelled, LibraryError, ModelError
from assistant.library import Library

_QUESTION = "How many glaciers are followed?"


@pytest.fixture
def small_assistant(small_library: Library) -> Iterator[Assistant]:
    settings = Settings(model="smollm2-135m-instruct", abstention_threshold=0.0)
    with Assistant(small_library, settings) as assistant:
        yield assistant


def _converse(
    assistant: Assistant, question: str = _QUESTION, earlier: tuple[Exchange, ...] = ()
) -> Iterator[Exchange]:
    first = Exchange(question, position=len(earlier) + 1)
    who_answers = _always(assistant, ModelLoading(assistant.load))
    return converse(who_answers, QuestionQueue(1), first, earlier, threading.Event())


def _always(
    assistant: Assistant, loading: ModelLoading
) -> Callable[[], tuple[Assistant, ModelLoading]]:
    return lambda: (assistant, loading)


def test_the_stages_follow_each_other_and_the_answer_is_last(small_assistant: Assistant) -> None:
    seen = list(_converse(small_assistant))

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


def test_what_is_written_grows_until_a_sentence_takes_its_place(small_assistant: Assistant) -> None:
    writing = [one for one in _converse(small_assistant) if one.stage == "writing"]
    for before, after in pairwise(writing):
        grows = after.unfinished.startswith(before.unfinished)
        finished = len(after.sentences) + after.dropped > len(before.sentences) + before.dropped
        assert grows or finished


def test_a_follow_up_is_asked_with_the_earlier_turns(small_assistant: Assistant) -> None:
    *_, first = _converse(small_assistant)
    *_, second = _converse(small_assistant, "And in which country?", earlier=(first,))

    assert turns([first])[0].question == _QUESTION
    assert second.position == 2
    assert second.answer is not None
    assert second.answer.question == "And in which country?"


def test_stopping_keeps_what_was_written(small_assistant: Assistant) -> None:
    stop = threading.Event()
    last = None
    who_answers = _always(small_assistant, ModelLoading(small_assistant.load))
    for last in converse(who_answers, QuestionQueue(1), Exchange("Tell me a story."), (), stop):
        if last.stage == "writing":
            stop.set()
    assert last is not None
    assert last.stage in ("stopped", "answered")
    assert last.unfinished or last.sentences


def test_a_missing_model_is_told_in_the_exchange(small_library: Library) -> None:
    with Assistant(small_library, Settings(model="no-such-model")) as assistant:
        *_, last = _converse(assistant)
    assert last.stage == "failed"
    assert "no-such-model" in last.problem


def test_loading_can_be_stopped_and_tried_again() -> None:
    may_end = threading.Event()
    attempts = []

    def load() -> None:
        attempts.append(1)
        may_end.wait()
        if len(attempts) == 1:
            raise ModelError("The file is damaged. Pull it again.")

    loading = ModelLoading(load)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        loading.wait(stop)
    assert not loading.done

    may_end.set()
    with pytest.raises(ModelError):
        loading.wait(threading.Event())
    loading.wait(threading.Event())
    assert loading.done
    assert len(attempts) == 2


def test_a_session_is_stopped_alone_and_its_earlier_question_gives_way() -> None:
    stops = StopEvents()
    with stops.answering("one") as one, stops.answering("other") as other:
        assert stops.is_answering("one")
        stops.stop("one")
        assert not stops.is_answering("one")
        assert stops.is_answering("other")
        assert one.is_set()
        assert not other.is_set()
        with stops.answering("other") as newer:
            assert other.is_set()
            assert not newer.is_set()
    assert newer.is_set()
    assert not stops.is_answering("other")
    stops.stop("one")


def test_questions_wait_in_line_and_the_place_in_it_is_told(small_assistant: Assistant) -> None:
    line, stop = QuestionQueue(1), threading.Event()
    who_answers = _always(small_assistant, ModelLoading(small_assistant.load))
    with line.place(), line.place():
        waiting = converse(who_answers, line, Exchange(_QUESTION), (), stop)
        assert (first := next(waiting)).stage == "waiting"
        assert first.ahead == 2

    *_, last = waiting
    assert last.stage == "answered"


def test_a_question_that_waits_in_line_is_answered_by_the_model_of_when_its_turn_comes(
    small_assistant: Assistant,
) -> None:
    before = small_assistant.with_settings(Settings(model="no-such-model"))
    now = [before]
    line = QuestionQueue(1)
    with line.place():
        waiting = converse(
            lambda: (now[-1], ModelLoading(now[-1].load)),
            line,
            Exchange(_QUESTION),
            (),
            threading.Event(),
        )
        next(waiting)
        now.append(small_assistant)

    *_, last = waiting
    assert last.stage == "answered"


def test_a_question_that_waits_in_line_can_be_stopped(small_assistant: Assistant) -> None:
    line, stop = QuestionQueue(1), threading.Event()
    who_answers = _always(small_assistant, ModelLoading(small_assistant.load))
    with line.place() as other:
        waiting = converse(who_answers, line, Exchange(_QUESTION), (), stop)
        next(waiting)
        stop.set()
        *_, last = waiting
        assert last.stage == "stopped"
        assert line.ahead(other) == 0


def test_several_are_answered_at_once_and_the_rest_in_the_order_in_which_they_came() -> None:
    line = QuestionQueue(2)
    with ExitStack() as ending:
        places = [ending.enter_context(line.place()) for _ in range(4)]
        assert [line.ahead(place) for place in places] == [0, 0, 1, 2]
    with line.place() as alone:
        assert line.ahead(alone) == 0


def _told(loading: ModelLoading) -> list[str]:
    async def all_of_it() -> list[str]:
        return [said async for said in model_state(lambda: loading)]

    return asyncio.run(all_of_it())


def test_the_page_tells_that_the_model_is_loading_and_why_it_could_not_be_loaded() -> None:
    def fail() -> None:
        raise ModelError("The file <b> is damaged. Pull it again.")

    may_end = threading.Event()
    loading = ModelLoading(may_end.wait)  # type: ignore[arg-type]
    assert _told(loading) == [""]
    loading.start()
    threading.Timer(0.5, may_end.set).start()
    before, after = _told(loading)
    assert "loading" in before
    assert after == ""

    failing = ModelLoading(fail)
    with pytest.raises(ModelError):
        failing.wait(threading.Event())
    assert _told(failing) == ['<p role="alert">The file &lt;b&gt; is damaged. Pull it again.</p>']


def test_an_error_that_a_visitor_can_act_on_is_shown_as_it_reads() -> None:
    @show_errors
    def fail() -> None:
        raise LibraryError("The disk is full. Free some space.")

    with pytest.raises(gr.Error, match=r"Free some space\."):
        fail()
