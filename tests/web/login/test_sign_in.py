"""Signing in, sessions, and the waits after wrong passwords."""

from pathlib import Path

import httpx
import pytest
from protected_app import Ask, echo

from assistant.web.asgi import App, Receive, Scope, Send, respond
from assistant.web.login.accounts import Accounts, parse_login
from assistant.web.login.sessions import IDLE_S, LONGEST_S, Sessions
from assistant.web.login.sign_in import ACCOUNT, SignIn, require_sign_in
from assistant.web.login.throttle import LoginThrottle

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    account = scope.get(ACCOUNT)
    await respond(send, 200, f"{account.name} {account.role}" if account else "everybody")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sign_in(clock: Clock) -> SignIn:
    accounts = Accounts([parse_login("ada:frost:member")])
    return SignIn(accounts, sessions=Sessions(clock), throttle=LoginThrottle(clock))


def login(ask: Ask, app: App, name: str, secret: str) -> httpx.Response:
    return ask(app, "POST", "/login", content=f"name={name}&secret={secret}", headers=FORM)


def cookie_of(response: httpx.Response) -> dict[str, str]:
    return {"cookie": response.headers["set-cookie"].partition(";")[0]}


def test_without_accounts_everybody_gets_through(ask: Ask) -> None:
    app = require_sign_in(greet, SignIn(Accounts()))
    assert ask(app, "GET", "/").text == "everybody"


def test_session_begins_with_a_login_and_ends_with_a_logout(ask: Ask, sign_in: SignIn) -> None:
    app = require_sign_in(greet, sign_in)
    assert ask(app, "GET", "/").headers["location"] == "login"
    assert ask(app, "POST", "/anything").status_code == 401
    assert "Password" in ask(app, "GET", "/login").text

    signed_in = login(ask, app, "ada", "frost")
    assert signed_in.status_code == 303
    attributes = signed_in.headers["set-cookie"]
    assert "HttpOnly" in attributes
    assert "SameSite=Strict" in attributes
    session = cookie_of(signed_in)
    assert ask(app, "GET", "/", headers=session).text == "ada member"

    assert ask(app, "POST", "/logout", headers=session).status_code == 303
    assert ask(app, "POST", "/anything", headers=session).status_code == 401


@pytest.mark.parametrize("passing", [IDLE_S, LONGEST_S])
def test_session_expires(ask: Ask, sign_in: SignIn, clock: Clock, passing: float) -> None:
    app = require_sign_in(greet, sign_in)
    session = cookie_of(login(ask, app, "ada", "frost"))
    for _ in range(int(passing / IDLE_S) * 2 - 1):
        clock.now += IDLE_S / 2
        assert ask(app, "GET", "/", headers=session).status_code == 200
    clock.now += IDLE_S / 2 + IDLE_S * (passing == IDLE_S) + 1
    assert ask(app, "POST", "/x", headers=session).status_code == 401


def test_session_ends_when_the_account_gets_another_secret(ask: Ask) -> None:
    accounts = Accounts([parse_login("ada:frost")])
    sign_in = SignIn(accounts)
    session = cookie_of(login(ask, require_sign_in(greet, sign_in), "ada", "frost"))
    sign_in.accounts = Accounts([parse_login("ada:melt")])
    assert ask(require_sign_in(greet, sign_in), "POST", "/x", headers=session).status_code == 401


def test_session_of_this_browser_ends_with_the_next_login(ask: Ask, sign_in: SignIn) -> None:
    app = require_sign_in(greet, sign_in)
    first = cookie_of(login(ask, app, "ada", "frost"))
    form = {**FORM, **first}
    again = ask(app, "POST", "/login", content="name=ada&secret=frost", headers=form)
    assert cookie_of(again) != first
    assert ask(app, "POST", "/x", headers=first).status_code == 401
    assert ask(app, "POST", "/x", headers=cookie_of(again)).status_code == 200


def test_token_that_a_stranger_chose_is_no_session(ask: Ask, sign_in: SignIn) -> None:
    app = require_sign_in(greet, sign_in)
    chosen = {"cookie": "assistant-session=chosen"}
    signed_in = ask(
        app, "POST", "/login", content="name=ada&secret=frost", headers={**FORM, **chosen}
    )
    assert "chosen" not in signed_in.headers["set-cookie"]
    assert ask(app, "POST", "/x", headers=chosen).status_code == 401


def test_open_stream_ends_with_its_session(ask: Ask, sign_in: SignIn) -> None:
    told: list[str] = []

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for word in ("one", "two", "three"):
            await send({"type": "http.response.body", "body": word.encode(), "more_body": True})
            if word == "two":
                sign_in.sessions.end(session["cookie"].partition("=")[2])
        told.append((await receive())["type"])

    app = require_sign_in(stream, sign_in)
    session = cookie_of(login(ask, app, "ada", "frost"))
    assert ask(app, "GET", "/stream", headers=session).text == "onetwo"
    assert told == ["http.disconnect"]


def test_accounts_that_cannot_be_read_let_nobody_in(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text("{")
    app = require_sign_in(greet, SignIn(Accounts(file=file)))
    for method, path in (("GET", "/"), ("POST", "/login"), ("POST", "/x")):
        refused = ask(app, method, path)
        assert refused.status_code == 503
        assert str(tmp_path) not in refused.text


def test_waits_grow_with_wrong_passwords(ask: Ask, sign_in: SignIn, clock: Clock) -> None:
    app = require_sign_in(echo, sign_in)
    allowed = 0
    for _ in range(60):  # a guess each second
        allowed += login(ask, app, "ada", "guess").status_code == 403
        clock.now += 1
    assert allowed == 8  # three at once, then after 1, 2, 4, 8 and 16 s
    refused = login(ask, app, "ada", "frost")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 1

    clock.now += 60
    assert login(ask, app, "ada", "frost").status_code == 303
    assert login(ask, app, "ada", "guess").status_code == 403


def test_spellings_of_a_name_share_its_waits(ask: Ask, sign_in: SignIn, clock: Clock) -> None:
    app = require_sign_in(echo, sign_in)
    for spelling in ("Kay", "\N{KELVIN SIGN}ay", "Kay"):
        login(ask, app, spelling, "guess")
    assert sign_in.throttle.wait("Kay", "192.0.2.99") > 0


def test_wait_is_of_the_name_and_of_the_address(clock: Clock) -> None:
    throttle = LoginThrottle(clock)
    for number in range(5):
        throttle.attempt(f"name{number}", "192.0.2.1")
    assert throttle.wait("fresh", "192.0.2.1") > 0
    assert throttle.wait("fresh", "192.0.2.2") == 0
    for number in range(5):
        throttle.attempt("ada", f"192.0.2.{number + 10}")
    assert throttle.wait("ada", "192.0.2.99") > 0
