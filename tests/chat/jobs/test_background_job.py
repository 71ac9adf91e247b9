"""Background jobs: progress, stopping, failures."""

import threading
from collections.abc import Callable

import pytest

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.errors import AssistantError, Cancelled, InputError


def test_progress_is_watched_until_the_result() -> None:
    resume = threading.Event()

    def count(report: Callable[[str], None]) -> str:
        report("one")
        resume.wait()
        report("two")
        return "done"

    job = BackgroundJob(count)
    watched = job.watch()
    assert next(watched) == "one"
    assert not job.ended
    resume.set()
    assert list(watched) == ["two"]
    assert job.result() == "done"


def test_job_runs_without_being_watched() -> None:
    job: BackgroundJob[int, int] = BackgroundJob(lambda report: 7)
    assert job.result() == 7
    assert job.ended
    assert list(job.watch()) == []


def test_stop_cancels_the_job_at_its_next_report() -> None:
    stopped = threading.Event()

    def run(report: Callable[[int], None]) -> None:
        stopped.wait()
        report(1)
        raise AssertionError("it continued")

    job = BackgroundJob(run)
    job.stop()
    stopped.set()
    with pytest.raises(Cancelled):
        job.result()


def test_failure_is_raised_as_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def known(report: object) -> None:
        raise InputError("The file is empty. Choose another.")

    def unknown(report: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(InputError, match="Choose another"):
        BackgroundJob(known).result()
    with pytest.raises(AssistantError, match="terminal has the details"):
        BackgroundJob(unknown).result()
    assert "ZeroDivisionError" in caplog.text
