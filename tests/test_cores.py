"""The number of CPU cores, on each system."""

import os
import sys

import pytest

from assistant.cores import cores


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has CPU affinity")
def test_cores_respect_the_cpu_affinity() -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_all_cores_count_without_cpu_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == os.cpu_count()
