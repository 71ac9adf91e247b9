"""What the page says about a model behind an endpoint."""

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.chat.widgets.endpoints import endpoint_names, endpoint_note
from assistant.chat.widgets.header import header
from assistant.library import Library
from assistant.settings import Settings

ENDPOINTS = ("http://gpu:8000/v1#big", "http://other:8000/v1")


def test_header_says_where_questions_go(small_library: Library) -> None:
    assistant = Assistant(small_library, Settings(endpoints=ENDPOINTS))
    assert "Questions and evidence go to big at gpu:8000, other:8000" in header(assistant)
    assert "Everything stays on this machine" in header(Assistant(small_library, Settings()))


def test_settings_say_what_an_endpoint_lacks(small_library: Library) -> None:
    assistant = Assistant(small_library, Settings(endpoints=ENDPOINTS))
    note = endpoint_note(assistant)
    assistant.unload()
    assert "big at gpu:8000" in note
    assert "not calibrated" in note
    assert endpoint_note(Assistant(small_library, Settings())) == ""


def test_server_started_here_keeps_everything_on_this_machine() -> None:
    assert endpoint_names(("llama-server",)) == ""


def test_header_does_not_read_the_file_of_keys(
    small_library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY_FILE", str(tmp_path / "gone"))
    assert "big at gpu:8000" in header(Assistant(small_library, Settings(endpoints=ENDPOINTS)))
