"""Rate limiting: pauses between the requests to a service."""

import threading
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.http.rate_limit import rate_limited


class Clock:
    """A clock that advances only by sleeping."""

    def __init__(self, time_s: float = 1_000_000.0) -> None:
        self.time_s = time_s
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time_s += seconds


def send_request(stamp: Path, clock: Clock, pause_s: float = 3.0) -> None:
    with rate_limited(stamp, pause_s, now=clock.now, sleep=clock.sleep):
        clock.time_s += 0.5  # duration of the request


def test_first_request_does_not_wait(tmp_path: Path) -> None:
    clock = Clock()
    send_request(tmp_path / "arxiv", clock)
    assert clock.slept == []


def test_pause_starts_at_the_end_of_a_request(tmp_path: Path) -> None:
    clock = Clock()
    send_request(tmp_path / "arxiv", clock)
    clock.time_s += 1
    send_request(tmp_path / "arxiv", clock)
    assert clock.slept == [2.0]
    clock.time_s += 10
    send_request(tmp_path / "arxiv", clock)
    assert clock.slept == [2.0]


def test_failed_request_is_followed_by_a_pause(tmp_path: Path) -> None:
    clock = Clock()
    with pytest.raises(RuntimeError), rate_limited(tmp_path / "arxiv", 3.0, now=clock.now):
        raise RuntimeError
    send_request(tmp_path / "arxiv", clock)
    assert clock.slept == [3.0]


def test_services_are_limited_separately(tmp_path: Path) -> None:
    clock = Clock()
    send_request(tmp_path / "arxiv", clock)
    send_request(tmp_path / "crossref", clock)
    assert clock.slept == []


def test_clock_set_back_costs_at_most_one_pause(tmp_path: Path) -> None:
    send_request(tmp_path / "arxiv", Clock(2_000_000.0))
    clock = Clock(1_000_000.0)
    send_request(tmp_path / "arxiv", clock)
    assert clock.slept == [3.0]


def test_requests_are_not_concurrent(tmp_path: Path) -> None:
    clock = Clock()
    began = threading.Event()
    order: list[str] = []

    def second() -> None:
        began.set()
        with rate_limited(tmp_path / "arxiv", 3.0, now=clock.now, sleep=clock.sleep):
            order.append("second")

    thread = threading.Thread(target=second)
    with rate_limited(tmp_path / "arxiv", 3.0, now=clock.now, sleep=clock.sleep):
        thread.start()
        began.wait()
        thread.join(0.3)  # it waits for the first
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_no_pause_means_no_limit_and_no_files(tmp_path: Path) -> None:
    clock = Clock()
    send_request(tmp_path / "arxiv", clock, pause_s=0)
    send_request(tmp_path / "arxiv", clock, pause_s=0)
    assert clock.slept == []
    assert list(tmp_path.iterdir()) == []


def test_unwritable_folder_raises(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="ASSISTANT_CACHE"):
        send_request(tmp_path / "file" / "arxiv", Clock())
