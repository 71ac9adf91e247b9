"""JSON bodies that are no text."""

import pytest
from protected_app import Ask, echo
from run_async import run_async

from assistant.web.asgi import Message
from assistant.web.json_bodies import repair_json

JSON = {"content-type": "application/json; charset=utf-8"}


def test_half_a_surrogate_pair_becomes_a_question_mark(ask: Ask) -> None:
    body = b'{"question": "How far \\ud83d does dough rise? \\ud83d\\ude00"}'
    response = ask(repair_json(echo), "POST", "/", content=body, headers=JSON)
    assert response.text == '{"question": "How far ? does dough rise? 😀"}'


def test_other_json_is_passed_on_as_it_is(ask: Ask) -> None:
    body = '{ "question":"Wie hoch geht der Teig auf? ü" }'
    response = ask(repair_json(echo), "POST", "/", content=body.encode(), headers=JSON)
    assert response.text == body


@pytest.mark.parametrize("body", [b"", b"{", b'"\xff"', b"[" * 100_000])
def test_body_that_is_no_json_is_refused(ask: Ask, body: bytes) -> None:
    assert ask(repair_json(echo), "POST", "/", content=body, headers=JSON).status_code == 400


def test_forms_and_requests_without_a_body_are_left_alone(ask: Ask) -> None:
    form = ask(repair_json(echo), "POST", "/", data={"name": "{"})
    assert form.text == "name=%7B"
    assert ask(repair_json(echo), "POST", "/").status_code == 200
    assert ask(repair_json(echo), "GET", "/", headers=JSON).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        [("content-type", "application/x+json")],
        [("content-type", "text/plain")],
        [("content-type", "application/json"), ("content-type", "text/plain")],
        [("content-type", "application/json"), ("content-type", "application/json")],
        [],
    ],
)
def test_json_under_another_type_does_not_pass_unchecked(
    ask: Ask, headers: list[tuple[str, str]]
) -> None:
    app = repair_json(echo, lambda body: "refused")
    assert ask(app, "POST", "/", content=b"{}", headers=headers).status_code == 415
    written_otherwise = {"content-type": 'APPLICATION/Json ; charset="utf-8"'}
    assert ask(app, "POST", "/", content=b"{}", headers=written_otherwise).text == "refused"


def test_large_json_is_refused_before_it_is_parsed(ask: Ask) -> None:
    app = repair_json(echo, max_body=10)
    assert ask(app, "POST", "/", content=b"[1,2,3]", headers=JSON).text == "[1,2,3]"
    assert ask(app, "POST", "/", content=b"[1,2,3,4,5]", headers=JSON).status_code == 413


def test_body_of_another_type_is_not_read_to_its_end() -> None:
    received: list[int] = []
    sent: list[Message] = []

    async def receive() -> Message:
        received.append(1)
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    run_async(repair_json(echo)(scope, receive, send))
    assert sent[0]["status"] == 415
    assert len(received) == 1
