"""Addresses of endpoints and their keys."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.llm.endpoint import Endpoint, check_endpoints, parse_endpoint


@pytest.mark.parametrize(
    ("text", "url", "model"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1", ""),
        ("http://gpu:8000/v1/#qwen", "http://gpu:8000/v1", "qwen"),
        ("https://host/v1#org/Model-7B", "https://host/v1", "org/Model-7B"),
    ],
)
def test_address_may_name_a_model(text: str, url: str, model: str) -> None:
    assert parse_endpoint(text) == Endpoint(url, model)


@pytest.mark.parametrize("text", ["gpu:8000", "ftp://gpu/v1", "http://", "http://gpu:port/v1", ""])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not an endpoint"):
        parse_endpoint(text)


@pytest.mark.parametrize("text", ["http://me:secret@gpu/v1", "http://gpu/v1?api_key=secret"])
def test_key_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InputError, match="ASSISTANT_ENDPOINT_KEY") as refused:
        parse_endpoint(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://localhost:1/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://192.168.1.5/v1", False),
        ("http://localhost.example.org/v1", False),
    ],
)
def test_endpoint_on_this_machine_is_recognised(url: str, is_local: bool) -> None:
    assert Endpoint(url).is_local is is_local


def test_started_server_stands_alone() -> None:
    check_endpoints(["llama-server"])
    with pytest.raises(InputError, match="cannot share the load"):
        check_endpoints(["llama-server", "http://gpu/v1"])


def test_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", "secret")
    endpoint = parse_endpoint("http://gpu/v1")
    assert endpoint.key == "secret"
    assert "secret" not in repr(endpoint)


def test_key_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY_FILE", str(keys))
    with pytest.raises(InputError, match=r"The keys in .* cannot be read"):
        check_endpoints(["http://gpu/v1"])
    keys.write_text("http://gpu/v1/ of-gpu\nfor-others\n", "utf-8")
    assert parse_endpoint("http://gpu/v1").key == "of-gpu"
    assert parse_endpoint("http://other/v1").key == "for-others"


@pytest.mark.parametrize("key", ["sk-secret\nsecond", "\u201csk-secret\u201d", "sk-secret second"])
def test_key_that_no_header_can_carry_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", key)
    with pytest.raises(InputError, match=r"key in ASSISTANT_ENDPOINT_KEY is not valid") as refused:
        parse_endpoint("http://gpu/v1")
    assert "secret" not in str(refused.value)


def test_key_of_a_file_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("http://gpu/v1 \u201csk-secret\u201d\n", "utf-8")
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY_FILE", str(keys))
    with pytest.raises(InputError, match="keys is not valid"):
        check_endpoints(["http://gpu/v1"])
    check_endpoints(["http://other/v1"])
