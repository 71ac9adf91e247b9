"""Keys, rates and origins, without a server."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.server.access.gate import Gate
from assistant.server.access.keys import add_key, list_keys, remove_key
from assistant.server.options import ServerOptions
from assistant.server.problems import ForbiddenError, TooManyRequestsError, UnauthorizedError
from assistant.web.limits import Rate


def admit(gate: Gate, key: str = "", origin: str = "", client: str = "192.0.2.1") -> str:
    authorization = f"Bearer {key}" if key else ""
    return gate.admit(authorization=authorization, origin=origin, host="here:8000", client=client)


def test_key_is_stored_as_a_hash_that_only_the_user_can_read(tmp_path: Path) -> None:
    key = add_key(tmp_path, "webui")
    file = tmp_path / "api-keys.json"
    assert key not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert [one.name for one in list_keys(tmp_path)] == ["webui"]


def test_only_valid_keys_are_admitted_once_there_is_one(tmp_path: Path) -> None:
    gate = Gate(tmp_path, own_key="own")
    assert admit(gate) == "192.0.2.1"
    key = add_key(tmp_path, "webui")
    assert admit(gate, key) == "webui"
    assert admit(gate, "own") == "own"
    for wrong in ("", key[:-1], "pa-wrong"):
        with pytest.raises(UnauthorizedError, match="assistant keys add"):
            admit(gate, wrong)


def test_removing_the_last_key_does_not_open_a_running_server(tmp_path: Path) -> None:
    add_key(tmp_path, "webui")
    gate = Gate(tmp_path)
    remove_key(tmp_path, "webui")
    with pytest.raises(UnauthorizedError):
        admit(gate)
    assert admit(Gate(tmp_path)) == "192.0.2.1"


def test_public_server_needs_a_key_even_if_there_are_none(tmp_path: Path) -> None:
    gate = Gate(tmp_path, needs_key=lambda: True)
    with pytest.raises(UnauthorizedError):
        admit(gate)


def test_each_client_has_a_rate_of_its_own(tmp_path: Path) -> None:
    now = [0.0]
    gate = Gate(tmp_path, rate=Rate(1.0, burst=2, clock=lambda: now[0]))
    admit(gate)
    admit(gate)
    with pytest.raises(TooManyRequestsError) as refused:
        admit(gate)
    assert refused.value.retry_after_s == pytest.approx(1)
    admit(gate, client="192.0.2.2")
    now[0] = 1.0
    admit(gate)


def test_pages_of_other_origins_need_permission(tmp_path: Path) -> None:
    gate = Gate(tmp_path, allow_origins=["https://chat.example"])
    admit(gate, origin="http://here:8000")
    admit(gate, origin="https://chat.example")
    for origin in ("https://evil.example", "http://here:9000", "null", "http://[", "//", ","):
        with pytest.raises(ForbiddenError, match="--allow-origin"):
            admit(gate, origin=origin)


def test_any_origin_cannot_be_allowed() -> None:
    with pytest.raises(InputError, match="Name each one"):
        ServerOptions(allow_origins=("*",))


def test_key_needs_a_name_of_its_own(tmp_path: Path) -> None:
    add_key(tmp_path, "webui")
    with pytest.raises(InputError, match="already"):
        add_key(tmp_path, "webui")
    with pytest.raises(InputError, match="needs a name"):
        add_key(tmp_path, " ")
    with pytest.raises(InputError, match="No key is called 'other'"):
        remove_key(tmp_path, "other")
