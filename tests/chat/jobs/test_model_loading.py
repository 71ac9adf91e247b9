"""Loading the model in the background."""

import threading

import pytest

from assistant.chat.jobs.model_loading import ModelLoading
from assistant.errors import Cancelled, ModelError


def test_waiting_can_be_stopped_and_a_failed_load_retried() -> None:
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
