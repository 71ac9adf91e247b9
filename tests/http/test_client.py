"""GET requests: retries, redirects and errors."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from replayed import Replayed, Reply

from assistant.errors import AssistantError, InputError, NetworkError
from assistant.http.client import BadResponseError, NotFoundError, get
from assistant.sources.services import ARXIV

GOOD = Reply(json.dumps({"answer": 42}))


def parse(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError as error:
        raise BadResponseError("its response is not JSON") from error


def request() -> object:
    return get(ARXIV, "/query", {"q": "snails & more", "n": 3}, parse)


def test_get_returns_the_parsed_response(replayed: Replayed) -> None:
    replayed.replies = [GOOD]
    assert request() == {"answer": 42}
    (received,) = replayed.requests
    assert (received.path, received.parameters) == ("/query", {"q": "snails & more", "n": "3"})
    assert received.agent == "paper-assistant"


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
    ids=[
        "429",
        "429 with Retry-After",
        "500",
        "503",
        "truncated",
        "HTML",
        "half of it",
        "not gzip",
    ],
)
def test_temporary_failures_are_retried(replayed: Replayed, fault: Reply) -> None:
    replayed.replies = [fault, fault, GOOD]
    assert request() == {"answer": 42}
    assert len(replayed.requests) == 3


def test_timeouts_are_retried(replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_REQUEST_TIMEOUT", "0.3")
    replayed.replies = [Reply(hangs=True), GOOD]
    assert request() == {"answer": 42}


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Reply(status=429), r"too many requests \(HTTP 429\).*again later"),
        (Reply(status=500), r"server error \(HTTP 500\).*again later"),
        (Reply(GOOD.body, missing=3), "the connection broke"),
        (Reply("<html></html>"), "its response is not JSON"),
    ],
)
def test_error_after_all_attempts_says_what_to_do(
    replayed: Replayed, fault: Reply, message: str
) -> None:
    replayed.replies = [fault]
    with pytest.raises(NetworkError, match=rf"The request to arXiv failed: .*{message}"):
        request()
    assert len(replayed.requests) == 4


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


# The date is computed when the test runs: computed on collection, it might be too early.
@pytest.mark.parametrize("retry_after", [lambda: "3600", in_an_hour], ids=["seconds", "a date"])
def test_long_retry_after_is_not_waited_for(
    replayed: Replayed, retry_after: Callable[[], str]
) -> None:
    replayed.replies = [Reply(status=429, headers={"Retry-After": retry_after()})]
    with pytest.raises(NetworkError, match=r"again in 3[56]\d\d s"):
        request()
    assert len(replayed.requests) == 1


def test_malformed_retry_after_is_ignored(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=503, headers={"Retry-After": "soon"}), GOOD]
    assert request() == {"answer": 42}


@pytest.mark.parametrize(
    ("status", "error", "message"),
    [
        (404, NotFoundError, "nothing at this address"),
        (400, InputError, "rejects the query"),
        (403, NetworkError, "access denied"),
    ],
)
def test_permanent_failures_are_not_retried(
    replayed: Replayed, status: int, error: type[AssistantError], message: str
) -> None:
    replayed.replies = [Reply(status=status)]
    with pytest.raises(error, match=message):
        request()
    assert len(replayed.requests) == 1


def test_redirects_are_followed(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=302, headers={"Location": f"{replayed.url}/moved"}), GOOD]
    assert request() == {"answer": 42}
    assert [received.path for received in replayed.requests] == ["/query", "/moved"]


def test_insecure_redirect_is_not_followed_or_retried(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def redirect(_: object, request: httpx.Request) -> httpx.Response:
        sent.append(str(request.url.scheme))
        return httpx.Response(302, headers={"Location": f"{replayed.url}/moved"})

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", redirect)
    monkeypatch.setenv("ASSISTANT_ARXIV_URL", "https://example.org")
    with pytest.raises(NetworkError, match="redirects to an unencrypted address"):
        request()
    assert sent == ["https"]


def test_endless_redirects_raise(replayed: Replayed) -> None:
    replayed.replies = [Reply(status=302, headers={"Location": f"{replayed.url}/moved"})]
    with pytest.raises(NetworkError, match="ASSISTANT_ARXIV_URL"):
        request()


def test_refused_connection_raises_with_advice(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        monkeypatch.setenv("ASSISTANT_ARXIV_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(NetworkError, match=r"no connection.*Check the network connection"):
            request()


@pytest.mark.parametrize("address", ["arxiv.org", "ftp://arxiv.org", "http://[", "http://a b/"])
def test_malformed_address_raises(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("ASSISTANT_ARXIV_URL", address)
    with pytest.raises(NetworkError, match=r"The request to arXiv failed"):
        request()


@pytest.mark.parametrize("seconds", ["three", "-1", "nan", "inf"])
def test_malformed_pause_raises(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("ASSISTANT_REQUEST_PAUSE", seconds)
    with pytest.raises(InputError, match=r"ASSISTANT_REQUEST_PAUSE must be a number of seconds"):
        request()
