"""Requests are answered under known host names only."""

import pytest
from protected_app import Ask, echo

from assistant.web.hosts import allow_hosts, host_name, known_hosts


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:7860", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1:7860", 200),
        ("[::1]:7860", 200),
        ("papers.example", 200),
        ("evil.example", 421),
        ("localhost.evil.example:7860", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("localhost:evil.example", 421),
        ("[::1].evil.example", 421),
        ("localhost:7860,evil.example", 421),
        ("", 421),
    ],
)
def test_other_names_are_refused(ask: Ask, host: str, status: int) -> None:
    app = allow_hosts(echo, known_hosts("127.0.0.1", ["papers.example"]))
    assert ask(app, "GET", "/", headers={"host": host}).status_code == status


def test_two_host_headers_are_refused(ask: Ask) -> None:
    app = allow_hosts(echo, known_hosts("127.0.0.1"))
    for name in ("localhost", "localhost:7860", "[::1]"):
        headers = [("host", name), ("host", "evil.example")]
        assert ask(app, "GET", "/", headers=headers).status_code == 421


def test_server_for_other_machines_knows_its_own_addresses() -> None:
    hosts = known_hosts("0.0.0.0")
    assert {"localhost", "127.0.0.1"} <= hosts
    assert "evil.example" not in hosts


def test_port_and_brackets_are_no_part_of_the_name() -> None:
    assert host_name("[fe80::1]:80") == "fe80::1"
    assert host_name("Example:80") == "example"
