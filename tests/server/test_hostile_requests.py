"""Requests that no client of ours sends."""

import json

import httpx
import pytest
from server_under_test import Served

from assistant.errors import LibraryError
from assistant.server.problems import error_response

NAMES = ["../../x.bib", "..", "a\x00b.bib", f"{'ü' * 200}.bib", "", "C:\\x.bib", "☃.bib", "x.bib"]
BOUNDARY = "hostile"


@pytest.fixture(scope="module")
def routes(served: Served) -> list[tuple[str, str]]:
    """Each method and path of the server."""
    paths = httpx.get(f"{served.url}/openapi.json").json()["paths"]
    found = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    return [*found, ("POST", "/mcp"), ("DELETE", "/mcp")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        ({"host": "evil.example"}, 421),
    ],
)
def test_no_route_answers_the_pages_of_other_sites(
    served: Served, routes: list[tuple[str, str]], headers: dict[str, str], status: int
) -> None:
    open_to_all = {"/health", "/ready"} if status == 403 else set()
    checked = 0
    with httpx.Client(base_url=served.url, headers=headers) as http:
        for method, path in routes:
            if path in open_to_all:
                continue
            response = http.request(method, path.replace("{paper_id}", "x").replace("{name}", "x"))
            assert response.status_code == status, (method, path)
            checked += 1
    assert checked > 12


def test_link_to_a_page_of_the_server_works_and_nobody_frames_it(served: Served) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    response = httpx.get(f"{served.url}/papers", headers=link)
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_names_of_uploaded_files_lead_nowhere_and_stop_nothing(served: Served) -> None:
    for number, name in enumerate(NAMES):
        title = f"Moths of uploads {number}"
        content = f"@article{{m{number}, title={{{title}}}, abstract={{Moths number {number}.}}}}"
        body = (
            f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="{name}"'
            f"\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
        )
        form = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        response = httpx.post(
            f"{served.url}/papers", content=body.encode(), headers=form, timeout=120
        )
        assert response.status_code == 200, (name, response.text)
    found = httpx.get(f"{served.url}/papers", params={"search": "Moths"}).json()["papers"]
    assert len(found) == len(NAMES)
    for paper in found:
        assert not {"/", "\\", "\0"} & set(paper["source"])
        httpx.delete(f"{served.url}/papers/{paper['paper_id']}", timeout=120).raise_for_status()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ask", {"question": "How many walnuts? \ud83d"}),
        ("/table", {"columns": ["method \ud83d"], "scope": {"papers": ["none"]}}),
        ("/papers/fetch", {"references": ["\ud83d"]}),
        ("/v1/embeddings", {"model": "all-minilm-l6-v2", "input": "walnuts \ud83d"}),
        (
            "/v1/chat/completions",
            {
                "model": "paper-assistant-plain",
                "max_tokens": 2,
                "messages": [{"role": "user", "content": "Hello \ud83d"}],
            },
        ),
    ],
)
def test_half_a_surrogate_pair_stops_nothing(
    served: Served, path: str, body: dict[str, object]
) -> None:
    # Not httpx's own JSON, which cannot send one.
    headers = {"content-type": "application/json"}
    response = httpx.post(
        f"{served.url}{path}", content=json.dumps(body), headers=headers, timeout=120
    )
    assert response.status_code in (200, 400), response.text


def test_long_question_is_refused(served: Served) -> None:
    question = "walnuts " * 300
    message = {"role": "user", "content": question}
    with httpx.Client(base_url=served.url) as http:
        for response in [
            http.post("/ask", json={"question": question}),
            http.post("/ask", json={"question": question, "stream": True}),
            http.post(
                "/v1/chat/completions", json={"model": "paper-assistant", "messages": [message]}
            ),
            http.get("/search", params={"q": question}),
        ]:
            assert response.status_code == 400
            assert "at most 2,000 characters" in response.text


def test_body_larger_than_a_request_needs_is_refused(served: Served) -> None:
    response = httpx.post(f"{served.url}/ask", json={"question": [[]] * 600_000})
    assert response.status_code == 413


def test_errors_name_files_and_not_the_folders_of_this_machine() -> None:
    error = LibraryError("/home/ada/papers/catalogue.sqlite is damaged.")
    for path in ("/papers", "/v1/chat/completions"):
        body = bytes(error_response(path, error).body).decode()
        assert "catalogue.sqlite is damaged" in body
        assert "ada" not in body
