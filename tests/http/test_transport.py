"""HTTP clients: redirects from https to http are refused."""

import httpx
import pytest

from assistant.http.transport import InsecureRedirectError, describe, open_client


def request_through(base_url: str, url: str) -> None:
    """Pass a request to a client's hook, which sees each request before it is sent."""
    with open_client(base_url, timeout_s=1, connect_s=1, headers={}) as client:
        [hook] = client.event_hooks["request"]
        hook(httpx.Request("GET", url))


def test_https_client_refuses_unencrypted_requests() -> None:
    with pytest.raises(InsecureRedirectError, match=r"unencrypted address on elsewhere\.example"):
        request_through("https://example.org", "http://elsewhere.example/file")


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://example.org", "https://elsewhere.example/file"),
        ("http://localhost:8000", "http://localhost:8000/file"),
    ],
)
def test_other_requests_are_allowed(base_url: str, url: str) -> None:
    request_through(base_url, url)


def test_redirect_to_an_unencrypted_address_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def redirect(*_: object) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://elsewhere.example/file"})

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", redirect)
    with (
        open_client("https://example.org", timeout_s=1, connect_s=1, headers={}) as client,
        pytest.raises(InsecureRedirectError),
    ):
        client.get("https://example.org/file")


def test_exception_without_a_message_is_described_by_its_type() -> None:
    assert describe(ValueError("too large")) == "too large"
    assert describe(TimeoutError()) == "TimeoutError"
