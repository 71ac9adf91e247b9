"""What the page's server refuses, from a client that is no browser."""

import json
import re
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from page_client import PageClient

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

from word_embedder import WordEmbedder

from assistant.library import Library
from assistant.library.conversations import FILE_NAME
from assistant.web.login.audit import FILE_NAME as AUDIT_FILE

LOGINS = {"ada": "frost", "bo": "melt", "cy": "snow"}
BIB = "@article{{x{0}, title={{Bees of {0}}}, year={{2020}}, abstract={{Bees of {0} dance.}}}}"


@pytest.fixture(scope="module")
def folder(make_library: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of a page with an owner, a member and a reader."""
    return make_library(tmp_path_factory.mktemp("protected") / "library")


@pytest.fixture(scope="module")
def address(serve_chat: Callable[..., str], folder: Path) -> str:
    auth = ["ada:frost:owner", "bo:melt:member", "cy:snow:reader"]
    return serve_chat(folder, auth=auth, abstention_threshold=1.0)


@pytest.fixture(scope="module")
def visitors(address: str) -> dict[str, PageClient]:
    return {name: PageClient(address, (name, secret)) for name, secret in LOGINS.items()}


def titles(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "catalogue.sqlite") as catalogue:
        return {str(row[0]) for row in catalogue.execute("SELECT title FROM papers")}


def add_paper(visitor: PageClient, name: str) -> str:
    path = visitor.upload(f"{name}.bib", BIB.format(name).encode())
    return visitor.send("drop", "upload", [[{"path": path, "meta": {"_type": "gradio.FileData"}}]])


def remove_paper(visitor: PageClient, id_: str) -> str:
    return visitor.send("reader-panel", "click", [None, "Table"], {"action": "remove", "id": id_})


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://192.0.2.1/x",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://192.0.2.1/x",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/queue/status",
        "/config",
        "/monitoring",
        "/docs",
        "/static/../../../gradio/routes.py",
    ],
)
def test_only_routes_of_the_page_are_served(visitors: dict[str, PageClient], path: str) -> None:
    response = visitors["ada"].http.get(path)
    assert response.status_code == 404
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["http://192.0.2.1/x.bib", "/etc/passwd", "x.bib", "../x.bib", "/\0", "file:///x"]
)
def test_event_that_names_no_upload_is_refused(visitors: dict[str, PageClient], path: str) -> None:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    for data in ([file], [[{"value": file}]]):
        event = {"data": data, "fn_index": 0, "session_hash": "x"}
        for route in ("queue/join", "run/predict"):
            response = visitors["cy"].http.post(f"/gradio_api/{route}", json=event)
            assert response.status_code == 400
            assert "files that were uploaded" in response.text


def test_annotations_are_those_of_the_account_that_sends_the_event(
    visitors: dict[str, PageClient], folder: Path
) -> None:
    # In a new session, which has not loaded the page.
    id_ = paper_id(folder, "Bread Dough as a Neural Network")
    note = {"action": "save-note", "id": id_, "note": ["Read by cy."]}
    assert "Read by cy." in visitors["cy"].send("annotations", "submit", [None, "Table"], note)
    with closing(Library(folder, WordEmbedder("all-minilm-l6-v2"))) as library:
        annotations = library.catalogue.annotations
        assert annotations.of("cy", [id_])[id_].note == "Read by cy."
        assert not annotations.of("", [id_])
    shown = visitors["ada"].send(
        "papers-table", "click", [None, "Table"], {"action": "open", "id": id_}
    )
    assert "Read by cy." not in shown


def test_event_of_another_content_type_is_not_taken(visitors: dict[str, PageClient]) -> None:
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    event = json.dumps({"data": [[file]], "fn_index": 0, "session_hash": "x"})
    json_type = ("content-type", "application/json")
    other_type = ("content-type", "application/x+json")
    for headers in ([other_type], [json_type, other_type], [json_type, json_type]):
        for route in ("queue/join", "run/predict"):
            response = visitors["bo"].http.post(
                f"/gradio_api/{route}", content=event, headers=headers
            )
            assert response.status_code == 415


def test_other_sites_and_names_get_nothing(visitors: dict[str, PageClient]) -> None:
    http = visitors["ada"].http
    assert http.get("/", headers={"host": "evil.example"}).status_code == 421
    for origin in ("http://evil.example", "http://localhost:1", "http://127.0.0.1", "null"):
        foreign = {"origin": origin}
        upload = http.post("/gradio_api/upload", files={"files": ("x.bib", b"x")}, headers=foreign)
        assert upload.status_code == 403
        for path in ("queue/join", "run/predict", "cancel", "reset"):
            event = http.post(f"/gradio_api/{path}", json={}, headers=foreign)
            assert event.status_code == 403
        for path in ("/login", "/logout"):
            assert http.post(path, data={"name": "ada"}, headers=foreign).status_code == 403
    page = http.get("/")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "access-control-allow-origin" not in page.headers


def test_nothing_is_served_without_a_session(address: str) -> None:
    stranger = httpx.Client(base_url=address, headers={"origin": address.rstrip("/")})
    assert stranger.get("/").headers["location"] == "login"
    for path in ("/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/run/predict"):
        assert stranger.post(path, json={}).status_code == 401
    assert stranger.get("/theme.css").status_code == 401


def test_limits_of_the_browser_are_limits_of_the_server(visitors: dict[str, PageClient]) -> None:
    http = visitors["bo"].http
    large = http.post("/gradio_api/queue/join", json={"data": ["x" * 5_000_000]})
    assert large.status_code == 413
    files = [("files", (f"{number}.bib", b"x")) for number in range(201)]
    many = http.post("/gradio_api/upload", files=files)
    assert many.status_code == 413
    assert "at most 200" in many.text


def test_reader_changes_neither_papers_nor_settings(
    visitors: dict[str, PageClient], folder: Path
) -> None:
    reader, before = visitors["cy"], titles(folder)
    id_ = paper_id(folder, "Bread Dough as a Neural Network")
    assert "Your account (reader) may not remove papers" in remove_paper(reader, id_)
    use = {"action": "use", "id": "smollm2-135m-instruct"}
    assert "may not change settings" in reader.send("models", "click", [], use)
    assert "may not fill tables" in reader.send("literature-fill", "click", ["method", None])
    assert "may not add papers" in reader.send("find-online", "click", ["bees"])
    upload = reader.http.post("/gradio_api/upload", files={"files": ("cy.bib", b"x")})
    assert upload.status_code == 403
    assert titles(folder) == before


def test_member_removes_only_their_own_papers(
    visitors: dict[str, PageClient], folder: Path
) -> None:
    assert "paper added" in add_paper(visitors["ada"], "ada")
    assert "paper added" in add_paper(visitors["bo"], "bo")
    refused = remove_paper(visitors["bo"], paper_id(folder, "Bees of ada"))
    assert "may only remove the papers that it has added" in refused
    assert "paper removed" in remove_paper(visitors["bo"], paper_id(folder, "Bees of bo"))
    assert "paper removed" in remove_paper(visitors["ada"], paper_id(folder, "Bees of ada"))
    log = (folder / AUDIT_FILE).read_text()
    assert re.findall(r'"account": "(\w+)", "action": "(\w+) papers"', log) == [
        ("ada", "add"),
        ("bo", "add"),
        ("bo", "remove"),
        ("ada", "remove"),
    ]


def paper_id(folder: Path, title: str) -> str:
    with sqlite3.connect(folder / "catalogue.sqlite") as catalogue:
        return str(
            catalogue.execute("SELECT id FROM papers WHERE title = ?", [title]).fetchone()[0]
        )


def test_question_of_nobody_is_not_asked(
    visitors: dict[str, PageClient], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.chat.conversation.ask._ARRIVAL_S", 0.2)
    visitors["cy"].send("question", "submit", ["How far?", "", "", None], listens=False)
    time.sleep(1.5)
    with sqlite3.connect(folder / FILE_NAME) as conversations:
        count = conversations.execute("SELECT count(*) FROM conversations").fetchone()[0]
    assert count == 0


@pytest.mark.parametrize(
    "fields",
    [
        None,
        [],
        "text",
        {},
        {"action": ["remove"], "id": {"a": 1}},
        {"action": "no such action", "id": "x"},
        {"action": "turn", "page": "-1e9"},
        {"action": "sort", "order": "; DROP TABLE papers"},
        {"action": "cluster", "cluster": "x"},
        {"action": "open", "id": "\ud800"},
    ],
)
def test_odd_events_change_nothing(
    visitors: dict[str, PageClient], folder: Path, fields: object
) -> None:
    before = titles(folder)
    for elem_id in ("papers-table", "papers-map", "selection", "reader-panel"):
        updates = visitors["ada"].send(elem_id, "click", [None, "Table"], fields)
        assert '"success":true' in updates
    for elem_id, event in (("history-list", "click"), ("history-list", "select")):
        assert '"error"' not in visitors["ada"].send(elem_id, event, ["", ""], fields)
    assert titles(folder) == before
