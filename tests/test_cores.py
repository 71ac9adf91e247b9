"""How many cores there are is known on every system."""

import os
import sys

import pytest

from assistant.cores import cores


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has all cores")
def test_only_the_cores_that_are_left_to_the_process_count() -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_a_system_that_does_not_say_which_are_left_has_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == os.cpu_count()
