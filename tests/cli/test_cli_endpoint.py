"""``--endpoint``: the model of another server."""

from pathlib import Path

import pytest
from command_line import Run
from scripted_endpoint import KEY, endpoint

from assistant.llm.endpoint import Endpoint

QUESTION = "What do lighthouse keepers read at night?"
NO_MODEL = ("--model", "not-on-this-machine")


def test_ask_answers_and_says_what_is_lost(
    run: Run, library_folder: Path, model_server: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", model_server.key)
    outcome = run(
        *("ask", QUESTION, "--json", "--endpoint", model_server.url),
        *("--set", "abstention_threshold=0", "--set", "context_tokens=2048", *NO_MODEL),
    )
    assert outcome.code == 0, outcome.err
    assert outcome.data["model"].startswith("SmolLM2")
    assert "Answered over an endpoint; not calibrated" in outcome.err


def test_table_is_filled_over_an_endpoint(run: Run, library_folder: Path) -> None:
    with endpoint(words=('{"readers": "keepers"', "}")) as server:
        outcome = run("table", "readers", "--filter", "keepers", "--endpoint", server.url)
    assert outcome.code == 0
    assert "| keepers" in outcome.out


def test_doctor_examines_endpoints_instead_of_the_model(run: Run, library_folder: Path) -> None:
    with endpoint(models=({"id": "big", "max_model_len": 8192},)) as server:
        outcome = run("doctor", *NO_MODEL, "--endpoint", server.url, "--json")
        checks = [(check["name"], check["detail"]) for check in outcome.data["checks"]]
        found = dict(checks)
        host = server.url.removeprefix("http://").removesuffix("/v1")
        assert found["endpoint"] == f"big at {host}, context of 8192 tokens, with logprobs"
        assert "not calibrated" in found["endpoint lacks"]
        assert "model" not in found
        assert outcome.code == 0


def test_doctor_names_an_endpoint_that_refuses_the_key(run: Run, library_folder: Path) -> None:
    with endpoint(needs_key=True) as server, endpoint() as sound:
        both = ("--endpoint", server.url, "--endpoint", sound.url)
        outcome = run("doctor", *NO_MODEL, *both)
    assert outcome.code == 1
    assert "refuses the key" in outcome.out
    assert "scripted at" in outcome.out


def test_key_is_read_from_the_environment_and_never_printed(
    run: Run, library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", KEY)
    with endpoint(needs_key=True) as server:
        outcome = run("doctor", *NO_MODEL, "--endpoint", server.url)
        assert outcome.code == 0
        server.failures += [(500, {"Retry-After": "0"})] * 20
        failed = run("ask", QUESTION, *NO_MODEL, "--endpoint", server.url)
    assert failed.code == 2
    assert "HTTP 500" in failed.err
    for text in (outcome.out, outcome.err, failed.out, failed.err):
        assert KEY not in text


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("gpu:8000", "is not an endpoint"),
        ("http://user:secret@gpu/v1", "ASSISTANT_ENDPOINT_KEY"),
    ],
)
def test_address_that_cannot_be_used_is_refused_at_once(
    run: Run, library_folder: Path, address: str, problem: str
) -> None:
    outcome = run("ask", QUESTION, "--endpoint", address)
    assert outcome.code == 2
    assert problem in outcome.err
    assert "secret" not in outcome.err


def test_calibration_needs_a_model_in_this_process(run: Run, library_folder: Path) -> None:
    outcome = run("eval", "calibrate", "--set", "endpoints=http://gpu/v1")
    assert outcome.code == 2
    assert "Leave out endpoints" in outcome.err
