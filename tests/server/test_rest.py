"""The REST API."""

import json
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from run_async import run_async
from server_under_test import QUESTION, Served

sys.path.insert(0, str(Path(__file__).parents[1] / "papers"))

from stones_pdf import stones_pdf

from assistant.library.annotations import LabelKind
from assistant.papers import Paper
from assistant.server.access.gate import Gate
from assistant.server.app import build_app
from assistant.server.options import ServerOptions

PARROTS = "arxiv:1901.00001"
TRAMS = "doi:10.5555/trams.7"
SNAILS = "@article{snails, title={Slow Snails}, abstract={Snails are slow.}, year={2020}}"


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=300) as client:
        yield client


def metric(http: httpx.Client, name: str, **labels: str) -> float:
    return sum(
        sample.value
        for family in text_string_to_metric_families(http.get("/metrics").text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_events_of_an_answer_end_with_it(http: httpx.Client) -> None:
    body = {"question": QUESTION, "stream": True, "scope": {"papers": [PARROTS]}}
    with http.stream("POST", "/ask", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n") for block in response.read().decode().split("\n\n") if block]
    names = [event[0].removeprefix("event: ") for event in events]
    assert names[0] == "waiting"
    assert {"evidence", "sentence"} <= set(names)
    assert names[-1] == "answer"
    answer = json.loads(events[-1][1].removeprefix("data: "))
    assert answer["question"] == QUESTION
    assert {cited["paper_id"] for cited in answer["citations"]} == {PARROTS}
    assert set(answer["timings"]) >= {"first_token_s", "completion_tokens"}


def test_pdf_of_a_paper_that_was_sent_is_returned(http: httpx.Client, served: Served) -> None:
    http.post("/papers", files={"files": ("stones.pdf", stones_pdf())}).raise_for_status()
    [paper] = http.get("/papers", params={"source": "stones.pdf"}).json()["papers"]
    assert paper["has_pdf"]
    path = f"/papers/{paper['paper_id']}/pdf"
    pdf = http.get(path)
    assert pdf.content == stones_pdf()
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["x-content-type-options"] == "nosniff"
    assert http.get(path, headers={"range": "bytes=0-4"}).content == b"%PDF-"
    assert http.get(f"/papers/{PARROTS}/pdf").status_code == 404
    http.delete(f"/papers/{paper['paper_id']}").raise_for_status()
    assert http.get(path).status_code == 404


def test_paper_whose_id_ends_like_the_address_of_a_pdf_is_shown(
    http: httpx.Client, served: Served
) -> None:
    library = served.state.assistant.library
    library.add([Paper(title="Slow Snails", abstract="They are.", doi="10.5555/snails/pdf")])
    try:
        shown = http.get("/papers/doi:10.5555/snails/pdf")
        missing = http.get("/papers/doi:10.5555/snails/pdf/pdf")
    finally:
        library.remove(["doi:10.5555/snails/pdf"])
    assert (shown.status_code, shown.json()["title"]) == (200, "Slow Snails")
    assert (missing.status_code, "has no PDF" in missing.json()["detail"]) == (404, True)


@pytest.mark.parametrize(("kind", "field"), [("tag", "tags"), ("collection", "collections")])
def test_tags_and_collections_limit_what_is_listed_and_what_answers(
    http: httpx.Client, served: Served, kind: LabelKind, field: str
) -> None:
    annotations = served.state.assistant.library.catalogue.annotations
    annotations.label("", kind, "birds", [PARROTS])
    try:
        listed = http.get("/papers", params={kind: "birds"}).json()["papers"]
        question = {"question": QUESTION, "scope": {field: ["birds"]}}
        answer = http.post("/ask", json=question).json()
        nothing = http.get("/papers", params={kind: "fish"}).json()
    finally:
        annotations.unlabel("", kind, "birds", [PARROTS])
    assert [paper["paper_id"] for paper in listed] == [PARROTS]
    assert {cited["paper_id"] for cited in answer["citations"]} <= {PARROTS}
    assert nothing["total"] == 0


def test_question_of_a_client_that_leaves_is_cancelled(http: httpx.Client, served: Served) -> None:
    cancelled = {"outcome": "cancelled"}
    before = metric(http, "assistant_answers_total", **cancelled)
    with served.busy_model():
        for stream in (True, False):
            body = json.dumps({"question": QUESTION, "stream": stream}).encode()
            host, port = served.url.removeprefix("http://").split(":")
            with socket.create_connection((host, int(port))) as client:
                head = f"POST /ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
                client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                time.sleep(0.3)  # until the question waits
            wanted = before + 1 + (not stream)
            deadline = time.monotonic() + 30
            while metric(http, "assistant_answers_total", **cancelled) < wanted:
                assert time.monotonic() < deadline
                time.sleep(0.05)


def test_full_queue_is_answered_with_429(http: httpx.Client, served: Served) -> None:
    with served.full_queue():
        refused = http.post("/ask", json={"question": QUESTION})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_table_waits_in_the_queue_of_questions(http: httpx.Client, served: Served) -> None:
    body = {"columns": ["method"], "scope": {"papers": []}}
    with served.full_queue():
        refused = http.post("/table", json=body)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_errors_say_what_to_do(http: httpx.Client) -> None:
    empty = http.post("/ask", json={"question": " "})
    assert (empty.status_code, empty.json()["detail"]) == (
        400,
        "The question is empty. Ask something about the papers.",
    )
    assert http.post("/ask", json={}).json()["detail"].startswith("The request is not valid.")
    assert http.get("/papers/arxiv:0000.00000").status_code == 404
    assert "Choose one of bibtex" in http.get("/papers/export?format=doc").json()["detail"]


def test_search_quotes_the_best_sentence(http: httpx.Client) -> None:
    found = http.get("/search", params={"q": "noise of trams", "limit": 2}).json()
    assert found["papers"][0]["paper_id"] == TRAMS
    assert found["papers"][0]["quote"].startswith("Rubber wheels")
    assert len(found["papers"]) == 2


def test_papers_are_listed_shown_and_exported(http: httpx.Client) -> None:
    page = http.get("/papers", params={"order": "newest", "size": 2}).json()
    assert (page["first"], page["total"], len(page["papers"])) == (1, 5, 2)
    assert page["papers"][0]["title"] == "Bread Dough as a Neural Network"
    assert http.get(f"/papers/{TRAMS}").json()["abstract"].startswith("Rubber wheels")
    exported = http.get("/papers/export", params={"format": "ris", "filter": "year=2019"}).text
    assert "Teaching Parrots to Count" in exported
    assert exported.count("TY  - ") == 1
    listed = http.get("/papers/export", params={"format": "apa", "filter": "title=parrots"}).text
    assert listed.startswith("Teaching Parrots to Count. (2019).")


def test_paper_is_added_from_a_file_and_deleted(http: httpx.Client) -> None:
    added = http.post("/papers", files=[("files", ("../snails.bib", SNAILS.encode()))]).json()
    assert added["added"] == 1
    [snails] = http.get("/papers", params={"search": "snails"}).json()["papers"]
    assert snails["source"] == "snails.bib"
    assert http.delete(f"/papers/{snails['paper_id']}").status_code == 204
    assert http.get("/papers").json()["total"] == 5


def test_other_sites_cannot_use_the_server(http: httpx.Client, served: Served) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert http.get("/papers", headers=foreign).status_code == 403
    assert http.post("/mcp", json={}, headers=foreign).status_code == 403
    assert http.get("/papers", headers={"Origin": served.url}).status_code == 200
    assert "access-control-allow-origin" not in http.get("/papers").headers
    rebound = http.get("/papers", headers={"Host": "evil.example"})
    assert rebound.status_code == 421


def test_allowed_origin_may_read_responses_refusals_too(served: Served) -> None:
    origin = "https://chat.example"
    options = ServerOptions(allow_origins=(origin,), mcp=False)
    gate = Gate(served.gate.folder, needs_key=lambda: True, allow_origins=(origin,))
    app = build_app(replace(served.state, options=options), gate)

    async def request(method: str, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, "/papers", headers={"Origin": origin, **headers})

    refused = run_async(request("GET"))
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, origin)
    asked = {"Access-Control-Request-Method": "POST"}
    assert run_async(request("OPTIONS", **asked)).status_code == 200


def test_health_and_metrics(http: httpx.Client) -> None:
    assert http.get("/health").json() == {"status": "ok"}
    assert http.get("/ready").status_code in (200, 503)
    assert metric(http, "assistant_papers") == 5
    assert metric(http, "assistant_questions_waiting") == 0
    http.get(f"/papers/{TRAMS}")
    labels = {"route": "/papers/{paper_id:path}", "method": "GET", "status": "200"}
    assert metric(http, "assistant_http_requests_total", **labels) >= 1


def test_documentation_names_every_route(http: httpx.Client) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    assert {"/ask", "/search", "/papers", "/table", "/metrics"} <= set(paths)
    assert {"get", "post"} == paths["/evals"].keys()
    assert {"get", "delete"} == paths["/evals/running"].keys()
    assert {"/evals/questions", "/evals/running/events", "/evals/{name}"} <= set(paths)
    assert {"/v1/models", "/v1/chat/completions", "/v1/embeddings"} <= set(paths)


def test_chat_page_is_on_the_same_server(http: httpx.Client) -> None:
    page = http.get("/")
    assert page.status_code == 200
    assert "Paper assistant" in page.text
    assert http.get("/gradio_api/startup-events").status_code == 200
