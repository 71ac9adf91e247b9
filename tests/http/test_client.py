"""Asking a server: what passes is tried again, what does not is told with the next step."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from replayed import Replayed, Reply

from assistant.errors import AssistantError, InputError, NetworkError
from assistant.http.client import NothingThereError, UnusableAnswerError, ask
from assistant.sources.services import ARXIV

GOOD = Reply(json.dumps({"answer": 42}))


def parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError as error:
        raise UnusableAnswerError("its answer is no JSON") from error


def asked() -> object:
    return ask(ARXIV, "/query", {"q": "snails & more", "n": 3}, parsed)


def test_the_answer_is_what_the_function_makes_of_it(replayed: Replayed) -> None:
    replayed.replies = [GOOD]
    assert asked() == {"answer": 42}
    (request,) = replayed.requests
    assert (request.path, request.parameters) == ("/query", {"q": "snails & more", "n": "3"})
    assert request.agent == "paper-assistant"


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=429),
        Reply(status=429, headers={"Retry-After": "0"}),
        Reply(status=500),
        Reply(status=503),
        Reply(GOOD.body, missing=3),
        Reply("<html>Come back tomorrow</html>"),
        Reply('{"answer": 4'),
        Reply("not gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["429", "429 with a time", "500", "503", "cut", "a page", "half of it", "garbled"],
)
def test_what_may_pass_is_tried_again(replayed: Replayed, fault: Reply) -> None:
    replayed.replies = [fault, fault, GOOD]
    assert asked() == {"answer": 42}
    assert len(replayed.requests) == 3


def test_a_server_that_does_not_answer_in_time_is_asked_again(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_REQUEST_TIMEOUT", "0.3")
    replayed.replies = [Reply(hangs=True), GOOD]
    assert asked() == {"answer": 42}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Reply(status=429), r"too many requests \(HTTP 429\).*again later"),
        (Reply(status=500), r"unwell \(HTTP 500\).*again later"),
        (Reply(GOOD.body, missing=3), "the connection broke"),
        (Reply("<html></html>"), "its answer is no JSON"),
    ],
)
def test_in_the_end_the_next_step_is_told(replayed: Replayed, fault: Reply, told: str) -> None:
    replayed.replies = [fault]
    with pytest.raises(NetworkError, match=rf"arXiv cannot be asked: .*{told}"):
        asked()
    assert len(replayed.requests) == 4


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


# The date is taken when the test runs: collected long before, it would be less than an hour away.
@pytest.mark.parametrize("wanted", [lambda: "3600", in_an_hour], ids=["seconds", "a date"])
def test_a_server_that_wants_long_to_be_left_alone_is(
    replayed: Replayed, wanted: Callable[[], str]
) -> None:
    replayed.replies = [Reply(status=429, headers={"Retry-After": wanted()})]
    with pytest.raises(NetworkError, match=r"again in 3[56]\d\d s"):
        asked()
    assert len(replayed.requests) == 1


def test_a_time_to_wait_that_is_none_is_passed_over(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=503, headers={"Retry-After": "soon"}), GOOD]
    assert asked() == {"answer": 42}


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (404, NothingThereError, "nothing there"),
        (400, InputError, "does not understand"),
        (403, NetworkError, "refuses to answer"),
    ],
)
def test_what_does_not_pass_is_asked_once(
    replayed: Replayed, status: int, error: type[AssistantError], told: str
) -> None:
    replayed.replies = [Reply(status=status)]
    with pytest.raises(error, match=told):
        asked()
    assert len(replayed.requests) == 1


def test_a_redirect_is_followed(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=302, headers={"Location": f"{replayed.url}/moved"}), GOOD]
    assert asked() == {"answer": 42}
    assert [request.path for request in replayed.requests] == ["/query", "/moved"]


def test_redirects_without_end_are_given_up(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=302, headers={"Location": f"{replayed.url}/moved"})]
    with pytest.raises(NetworkError, match="ASSISTANT_ARXIV_URL"):
        asked()


def test_without_a_network_the_next_step_is_told(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        monkeypatch.setenv("ASSISTANT_ARXIV_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(NetworkError, match=r"no connection.*Check the network connection"):
            asked()


@pytest.mark.parametrize("address", ["arxiv.org", "ftp://arxiv.org", "http://[", "http://a b/"])
def test_an_address_that_is_none_is_told(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("ASSISTANT_ARXIV_URL", address)
    with pytest.raises(NetworkError, match=r"arXiv cannot be asked"):
        asked()


@pytest.mark.parametrize("seconds", ["three", "-1", "nan", "inf"])
def test_a_pause_that_is_no_number_of_seconds_is_told(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("ASSISTANT_REQUEST_PAUSE", seconds)
    with pytest.raises(InputError, match=r"ASSISTANT_REQUEST_PAUSE is a number of seconds"):
        asked()
