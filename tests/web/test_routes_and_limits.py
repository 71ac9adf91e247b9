"""Only listed routes are served, with bodies up to a limit."""

import time
from collections.abc import AsyncIterator

import pytest
from protected_app import Ask, echo

from assistant.web.limits import Rate, limit_bodies, limit_rate
from assistant.web.routes import Route, allow_routes

ROUTES = (
    Route("GET", "/"),
    Route("POST", "/ask", max_body=1000),
    Route("POST", "/upload", max_body=1000, max_files=2),
)


async def in_chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 100):
        yield b"x" * 100


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/file=http://evil.example/x", 404),
        ("POST", "/ask", 200),
        ("GET", "/ask", 404),
        ("POST", "/ask/", 404),
        ("PUT", "/ask", 404),
        ("OPTIONS", "/", 404),
    ],
)
def test_other_routes_do_not_exist(ask: Ask, method: str, path: str, status: int) -> None:
    assert ask(allow_routes(echo, ROUTES), method, path).status_code == status


def test_larger_bodies_are_refused_with_and_without_a_length(ask: Ask) -> None:
    app = limit_bodies(echo, ROUTES)
    assert ask(app, "POST", "/ask", content=b"x" * 1000).status_code == 200
    assert ask(app, "POST", "/ask", content=b"x" * 1001).status_code == 413
    assert ask(app, "POST", "/ask", content=in_chunks(1000)).status_code == 200
    assert ask(app, "POST", "/ask", content=in_chunks(1100)).status_code == 413
    assert ask(app, "GET", "/", content=b"x").status_code == 413


def test_number_of_files_is_limited(ask: Ask) -> None:
    app = limit_bodies(echo, ROUTES)
    for count, status in [(1, 200), (2, 200), (3, 413)]:
        files = [("files", (f"{number}.txt", b"x")) for number in range(count)]
        assert ask(app, "POST", "/upload", files=files).status_code == status


@pytest.mark.parametrize(
    "parameters", ["BOUNDARY=b", "xboundary=c; boundary=b", "boundary=c; boundary=b"]
)
def test_files_are_counted_however_the_boundary_is_written(ask: Ask, parameters: str) -> None:
    app = limit_bodies(echo, ROUTES)
    headers = {"content-type": f"multipart/form-data; {parameters}"}
    body = b"--b\r\n\r\nx\r\n" * 3 + b"--b--"
    assert ask(app, "POST", "/upload", content=body, headers=headers).status_code == 413


def test_rate_is_counted_for_each_client(ask: Ask) -> None:
    now = 0.0
    rate = Rate(per_second=1, burst=2, clock=lambda: now)
    assert [rate.take("ada"), rate.take("ada"), rate.take("ada")] == [0, 0, 1]
    assert rate.take("bo") == 0
    now = 1.0
    assert rate.take("ada") == 0


def test_client_over_its_rate_is_told_when_to_come_back(ask: Ask) -> None:
    app = limit_rate(echo, Rate(per_second=0.1, burst=1, clock=time.monotonic), lambda scope: "one")
    assert ask(app, "POST", "/ask").status_code == 200
    refused = ask(app, "POST", "/ask")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "10"
    assert ask(app, "GET", "/").status_code == 200
