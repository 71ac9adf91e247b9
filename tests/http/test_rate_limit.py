"""Requests to a source follow each other with a pause, whichever process makes them."""

import threading
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.http.rate_limit import turn


class Clock:
    """A clock that stands still but for sleeping."""

    def __init__(self, time_s: float = 1_000_000.0) -> None:
        self.time_s = time_s
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time_s += seconds


def take_turn(note: Path, clock: Clock, pause_s: float = 3.0) -> None:
    with turn(note, pause_s, now=clock.now, sleep=clock.sleep):
        clock.time_s += 0.5  # how long the request takes


def test_the_first_request_waits_for_nothing(tmp_path: Path) -> None:
    clock = Clock()
    take_turn(tmp_path / "arxiv", clock)
    assert clock.slept == []


def test_the_pause_begins_when_a_request_ends(tmp_path: Path) -> None:
    clock = Clock()
    take_turn(tmp_path / "arxiv", clock)
    clock.time_s += 1
    take_turn(tmp_path / "arxiv", clock)
    assert clock.slept == [2.0]
    clock.time_s += 10
    take_turn(tmp_path / "arxiv", clock)
    assert clock.slept == [2.0]


def test_a_request_that_failed_counts_too(tmp_path: Path) -> None:
    clock = Clock()
    with pytest.raises(RuntimeError), turn(tmp_path / "arxiv", 3.0, now=clock.now):
        raise RuntimeError
    take_turn(tmp_path / "arxiv", clock)
    assert clock.slept == [3.0]


def test_each_source_has_turns_of_its_own(tmp_path: Path) -> None:
    clock = Clock()
    take_turn(tmp_path / "arxiv", clock)
    take_turn(tmp_path / "crossref", clock)
    assert clock.slept == []


def test_a_clock_that_was_set_back_costs_no_more_than_one_pause(tmp_path: Path) -> None:
    take_turn(tmp_path / "arxiv", Clock(2_000_000.0))
    clock = Clock(1_000_000.0)
    take_turn(tmp_path / "arxiv", clock)
    assert clock.slept == [3.0]


def test_two_do_not_ask_at_once(tmp_path: Path) -> None:
    clock = Clock()
    began = threading.Event()
    order: list[str] = []

    def second() -> None:
        began.set()
        with turn(tmp_path / "arxiv", 3.0, now=clock.now, sleep=clock.sleep):
            order.append("second")

    thread = threading.Thread(target=second)
    with turn(tmp_path / "arxiv", 3.0, now=clock.now, sleep=clock.sleep):
        thread.start()
        began.wait()
        thread.join(0.3)  # it is kept waiting
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_server_of_ones_own_needs_no_pauses_and_leaves_no_trace(tmp_path: Path) -> None:
    clock = Clock()
    take_turn(tmp_path / "arxiv", clock, pause_s=0)
    take_turn(tmp_path / "arxiv", clock, pause_s=0)
    assert clock.slept == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="ASSISTANT_CACHE"):
        take_turn(tmp_path / "file" / "arxiv", Clock())
