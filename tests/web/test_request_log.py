"""The log of requests."""

import json

from protected_app import Ask, echo

from assistant.web.request_log import log_requests


def test_line_has_times_and_ids_and_nothing_that_anybody_wrote(ask: Ask) -> None:
    lines: list[str] = []
    app = log_requests(echo, lines.append)
    path = "/gradio_api/heartbeat/a1b2c3d4e5f"
    response = ask(app, "POST", path, params={"q": "secret"}, content="my question")
    line = json.loads(lines[0])
    assert line["id"] == response.headers["x-request-id"]
    assert line["path"] == "/gradio_api/heartbeat/*"
    assert (line["method"], line["status"], line["bytes"]) == ("POST", 200, len("my question"))
    assert line["client"] == "192.0.2.7"
    assert "secret" not in lines[0]
    assert "my question" not in lines[0]
