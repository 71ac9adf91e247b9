"""The status line of the model."""

import threading

import pytest
from run_async import run_async

from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.widgets.model_status import watch_model_status
from assistant.errors import ModelError


def _statuses(loading: ModelLoading) -> list[str]:
    async def collect() -> list[str]:
        return [status async for status in watch_model_status(lambda: loading)]

    return run_async(collect())


def test_status_says_that_the_model_is_loading_or_why_it_failed() -> None:
    def fail() -> None:
        raise ModelError("The file <b> is damaged. Pull it again.")

    may_end = threading.Event()
    loading = ModelLoading(may_end.wait)  # type: ignore[arg-type]
    assert _statuses(loading) == [""]
    loading.start()
    threading.Timer(0.5, may_end.set).start()
    before, after = _statuses(loading)
    assert "loading" in before
    assert after == ""

    failing = ModelLoading(fail)
    with pytest.raises(ModelError):
        failing.wait(threading.Event())
    assert _statuses(failing) == [
        '<p role="alert">The file &lt;b&gt; is damaged. Pull it again.</p>'
    ]
