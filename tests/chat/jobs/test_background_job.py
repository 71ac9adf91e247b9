"""Work in the background: watched, stopped, and its failures told."""

import threading
from collections.abc import Callable

import pytest

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.errors import AssistantError, Cancelled, InputError


def test_progress_can_be_watched_and_the_result_comes_last() -> None:
    go_on = threading.Event()

    def count(tell: Callable[[str], None]) -> str:
        tell("one")
        go_on.wait()
        tell("two")
        return "done"

    work = BackgroundJob(count)
    watched = work.watch()
    assert next(watched) == "one"
    assert not work.ended
    go_on.set()
    assert list(watched) == ["two"]
    assert work.result() == "done"


def test_work_goes_on_when_nobody_watches() -> None:
    work: BackgroundJob[int, int] = BackgroundJob(lambda tell: 7)
    assert work.result() == 7
    assert work.ended
    assert list(work.watch()) == []


def test_stop_ends_it_at_the_next_progress() -> None:
    stopped = threading.Event()

    def run(tell: Callable[[int], None]) -> None:
        stopped.wait()
        tell(1)
        raise AssertionError("it went on")

    work = BackgroundJob(run)
    work.stop()
    stopped.set()
    with pytest.raises(Cancelled):
        work.result()


def test_a_failure_is_told_as_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def known(tell: object) -> None:
        raise InputError("The file is empty. Choose another.")

    def unknown(tell: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(InputError, match="Choose another"):
        BackgroundJob(known).result()
    with pytest.raises(AssistantError, match="the terminal says what"):
        BackgroundJob(unknown).result()
    assert "ZeroDivisionError" in caplog.text
