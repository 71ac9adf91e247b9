"""``assistant ask`` uses the server that runs over the same library."""

import json
from pathlib import Path

import pytest
from server_under_test import QUESTION, Served

from assistant.cli import main
from assistant.server.resident.client import server_of
from assistant.server.resident.record import RunningServer, recorded


def test_running_server_answers(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    folder = served.gate.folder
    served.state.current()[1].start().result()
    ask = ["ask", QUESTION, "--library", str(folder)]
    with recorded(folder, RunningServer(served.url, "any")):
        assert main([*ask, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["model"].startswith("smollm2-135m-instruct@")
        assert answer["citations"][0]["quote"]
        assert main(["ask", " ", "--library", str(folder)]) == 2
        assert "The question is empty" in capsys.readouterr().err


def test_server_that_is_gone_is_not_asked(tmp_path: Path) -> None:
    with recorded(tmp_path, RunningServer("http://127.0.0.1:9", "any")):
        assert server_of(tmp_path) is None
    assert server_of(tmp_path) is None
