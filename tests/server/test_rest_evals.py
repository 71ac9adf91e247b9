"""Evaluation runs over the REST API."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from run_async import run_async
from server_under_test import Served

from assistant.server.access.gate import Gate
from assistant.server.app import build_app

QUESTIONS = [
    {
        "id": f"trams-{number}",
        "kind": "number",
        "question": f"By how many decibels are the trams quieter{mark}",
        "papers": ["Silent Trams for Old Towns"],
        "answers": ["9"],
        "evidence": ["Rubber wheels and soft curves make trams 9 decibels quieter."],
    }
    for number, mark in enumerate(["?", " now?", " in Graz?", " after the change?"])
]


@pytest.fixture
def http(served: Served, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a server that has a question set about its papers."""
    runs = served.state.runs
    file = tmp_path / "trams.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    runs.add_set(file)
    with httpx.Client(base_url=served.url, timeout=300) as client:
        yield client
    if (run := runs.running) is not None:
        run.job.stop()
        list(run.job.watch())
    shutil.rmtree(served.state.assistant.library.folder / "evaluations")


def events_of_the_run(http: httpx.Client) -> list[tuple[str, Any]]:
    """Follow the run that is going to its end."""
    with http.stream("GET", "/evals/running/events") as response:
        return events_in(response)


def events_in(response: httpx.Response) -> list[tuple[str, Any]]:
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in response.read().decode().split("\n\n") if block]
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in blocks
    ]


def test_run_is_started_followed_and_reported(http: httpx.Client) -> None:
    assert http.get("/evals").json() == []
    assert {"name": "trams"} in http.get("/evals/questions").json()

    started = http.post("/evals", json={"questions": "trams", "limit": 2})
    assert (started.status_code, started.json()["questions"]) == (202, "trams")
    events = events_of_the_run(http)
    assert {name for name, _ in events[:-1]} <= {"progress"}
    name, report = events[-1]
    assert (name, report["name"]) == ("report", started.json()["name"])
    assert report["metrics"]["answer_score"]["n"] == 2

    [saved] = http.get("/evals").json()
    assert "trams, 2 answered" in saved["title"]
    assert http.get(f"/evals/{saved['name']}").json() == report
    assert http.get("/evals/running").status_code == 404


def test_second_run_is_refused_until_the_first_is_stopped(
    http: httpx.Client, served: Served
) -> None:
    http.post("/evals", json={"questions": "trams"})
    refused = http.post("/evals", json={"questions": "trams"})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "A run of trams has not ended. Wait for it, or stop it.",
    )
    assert http.get("/evals/running").json()["questions"] == "trams"
    run = served.state.runs.running
    assert run is not None
    assert http.delete("/evals/running").status_code == 204
    list(run.job.watch())
    assert http.delete("/evals/running").status_code == 404


def test_stopped_run_ends_its_events_with_an_error(http: httpx.Client) -> None:
    http.post("/evals", json={"questions": "trams"})
    with http.stream("GET", "/evals/running/events") as response:
        http.delete("/evals/running")
        name, data = events_in(response)[-1]
    assert (name, data["detail"]) == ("error", "The job was stopped.")


def test_only_listed_question_sets_can_be_run(http: httpx.Client, tmp_path: Path) -> None:
    """A client cannot have any file of the machine read as questions."""
    for name in ("/etc/passwd", str(tmp_path / "trams.jsonl"), "none"):
        refused = http.post("/evals", json={"questions": name})
        assert refused.status_code == 400
        assert ", only biomedical, " in refused.json()["detail"]
    about_other_papers = http.post("/evals", json={"questions": "sample"})
    assert "None of the papers" in about_other_papers.json()["detail"]
    assert http.post("/evals", json={"questions": "trams", "limit": 0}).status_code == 400
    assert http.get("/evals/none").status_code == 404


def test_server_that_is_read_only_starts_and_stops_no_runs(served: Served) -> None:
    options = replace(served.state.options, read_only=True, mcp=False)
    app = build_app(replace(served.state, options=options), Gate(served.gate.folder))

    async def statuses() -> list[int]:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            responses = [
                await client.post("/evals", json={}),
                await client.delete("/evals/running"),
                await client.get("/evals"),
            ]
        return [response.status_code for response in responses]

    assert run_async(statuses()) == [405, 405, 200]


def test_run_needs_a_key_where_there_is_one(http: httpx.Client, served: Served) -> None:
    with served.api_key() as key:
        assert http.post("/evals", json={"questions": "trams"}).status_code == 401
        assert http.delete("/evals/running").status_code == 401
        with_key = {"Authorization": f"Bearer {key}"}
        assert http.get("/evals/questions", headers=with_key).status_code == 200
