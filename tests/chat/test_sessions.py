"""What the server keeps of each page load."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta

import gradio as gr
import pytest
from gradio.state_holder import SessionState
from page_client import PageClient

from assistant import Assistant, Settings
from assistant.chat.page import build_page
from assistant.chat.sessions import Sessions
from assistant.library import Library

_MOST_BYTES = 50_000
"""Gradio's copies of the configuration take four times as much."""


@pytest.fixture(scope="module")
def page(models_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[gr.Blocks]:
    folder = tmp_path_factory.mktemp("sessions") / "library"
    settings = Settings(model="smollm2-135m-instruct")
    with Assistant.open(folder, settings=settings, samples=False) as assistant:
        yield build_page(assistant)


def sessions_of(page: gr.Blocks, open_: set[str], forgotten: list[str]) -> Sessions:
    """Return the sessions of a page that are forgotten as soon as their page is gone."""
    sessions = Sessions(open_.__contains__, forgotten.append, kept_s=0)
    sessions.set_blocks(page)
    return sessions


def session_states() -> set[SessionState]:
    """Return all sessions in this process, also those of pages that other tests have served."""
    return {one for one in gc.get_objects() if issubclass(type(one), SessionState)}


def test_page_load_takes_little_memory(page: gr.Blocks) -> None:
    sessions = sessions_of(page, set(), [])
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [sessions[str(number)] for number in range(20)]
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken / len(kept) < _MOST_BYTES


def test_session_is_forgotten_once_its_page_is_gone(page: gr.Blocks) -> None:
    open_, forgotten = {"a", "b"}, list[str]()
    sessions = sessions_of(page, open_, forgotten)
    for name in ("a", "b"):
        assert sessions[name] is sessions[name]
        page._queue.pending_event_ids_session[name] = set()

    open_.remove("a")
    sessions.delete_all_expired_state()

    assert list(sessions.session_data) == list(sessions.time_last_used) == ["b"]
    assert list(page._queue.pending_event_ids_session) == ["b"]
    assert forgotten == ["a"]


def test_time_of_a_page_that_asks_for_nothing_starts_when_it_is_gone(page: gr.Blocks) -> None:
    open_ = {"a"}
    sessions = Sessions(open_.__contains__, lambda _: None)
    sessions.set_blocks(page)
    assert sessions["a"] is sessions["a"]
    sessions.time_last_used["a"] -= timedelta(hours=9)  # a tab in the background

    sessions.delete_all_expired_state()
    open_.clear()
    sessions.delete_all_expired_state()

    assert list(sessions.session_data) == ["a"]


def test_values_are_kept_while_the_page_may_come_back(page: gr.Blocks) -> None:
    sessions = Sessions(lambda _: False, lambda _: None)
    sessions.set_blocks(page)
    [state, *_] = [id_ for id_, block in page.blocks.items() if isinstance(block, gr.State)]
    sessions["a"][state] = "chosen"

    sessions.delete_all_expired_state()

    assert sessions["a"][state] == "chosen"


def test_served_page_keeps_no_configuration_of_its_visitors(
    serve_chat: Callable[..., str], small_library: Library
) -> None:
    before = session_states()
    visitor = PageClient(serve_chat(small_library.folder))
    visitor.send("find-online", "click", [""])

    sessions = session_states() - before
    assert sessions
    assert not any(one.config_values for one in sessions)
