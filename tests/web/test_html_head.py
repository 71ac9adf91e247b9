"""Markup that is inserted into the head of a page."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.testclient import TestClient
from starlette.middleware.gzip import GZipMiddleware

from assistant.web.html_head import insert_in_head

_PAGE = "<html><head><title>A</title></head><body><head></body></html>"


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.add_middleware(GZipMiddleware, minimum_size=0)

    @app.get("/")
    @app.get("/other")
    def page() -> HTMLResponse:
        return HTMLResponse(_PAGE)

    @app.get("/pieces")
    def pieces() -> StreamingResponse:
        return StreamingResponse(iter(_PAGE), media_type="text/html")

    with TestClient(insert_in_head(insert_in_head(app, "/", "<b>"), "/pieces", "<b>")) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/pieces"])
def test_first_head_begins_with_the_markup(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.text == _PAGE.replace("<title>", "<b><title>")
    assert response.headers.get("content-length", str(len(response.content))) == str(
        len(response.content)
    )


def test_other_pages_are_left_alone(client: TestClient) -> None:
    assert client.get("/other").text == _PAGE
