"""JSON bodies that are no text."""

import pytest
from protected_app import Ask, echo

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
