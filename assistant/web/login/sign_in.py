"""Let only signed-in visitors through, and serve the page to sign in."""

import asyncio
import html
import logging
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from assistant.errors import InputError
from assistant.web.asgi import (
    App,
    Message,
    Receive,
    Scope,
    Send,
    client_address,
    cookie,
    refuse_connection,
    respond,
)
from assistant.web.login.accounts import Account, Accounts, plain_text
from assistant.web.login.sessions import LONGEST_S, Sessions
from assistant.web.login.throttle import LoginThrottle

_log = logging.getLogger(__name__)

ACCOUNT = "assistant.account"
"""The key of the signed-in `Account` in an ASGI scope."""

LOGIN, LOGOUT = "/login", "/logout"
MAX_FORM = 4096
"""The largest form in bytes: a name and a secret."""

_CHECKS_AT_ONCE = 2
"""Each check of a secret takes 19 MiB and tens of milliseconds of a core."""

_NO_ACCOUNTS = "The accounts of this server cannot be read. Its terminal says why."

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in · Paper assistant</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; font-family: system-ui, sans-serif }}
body {{ display: grid; min-height: 90vh; place-items: center; margin: 0 }}
form {{ display: grid; gap: .8rem; width: min(20rem, 90vw) }}
label {{ display: grid; gap: .3rem }}
input, button {{ font: inherit; padding: .6rem; border-radius: .4rem; border: 1px solid #64748b }}
button {{ background: #0f766e; color: #fff; border: 0 }}
p {{ margin: 0 }}
</style></head>
<body><main><form method="post" action="login"><h1>Paper assistant</h1>
<p>Each account sees only its own conversations.</p>{problem}
<label>Name <input name="name" autocomplete="username" required autofocus></label>
<label>Password <input name="secret" type="password" autocomplete="current-password"
 required></label>
<button>Sign in</button></form></main></body></html>
"""


@dataclass(slots=True)
class SignIn:
    """What signing in needs.

    Attributes:
        accounts: who may sign in. While there is none, everybody gets through.
        cookie: the name of the session's cookie. Cookies are shared by all ports of a host.
        sessions: the open sessions.
        throttle: the delays after failed logins.
    """

    accounts: Accounts
    cookie: str = "assistant-session"
    sessions: Sessions = field(default_factory=Sessions)
    throttle: LoginThrottle = field(default_factory=LoginThrottle)
    checking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_CHECKS_AT_ONCE))

    def account_of(self, scope: Scope, *, use: bool = True) -> Account | None:
        """Return the account whose session a request belongs to; None without an open one.

        Args:
            scope: the scope of the request.
            use: whether the request extends the session.
        """
        found = self.sessions.find(cookie(scope, self.cookie) or "", use=use)
        account = self.accounts.find(found[0]) if found is not None else None
        # A session ends when its account is removed or gets another secret.
        same = account is not None and found is not None and account.secret_hash == found[1]
        return account if same else None


def require_sign_in(app: App, sign_in: SignIn) -> App:
    """Return an app that only signed-in visitors reach, while there are accounts.

    The account is in the scope under `ACCOUNT`. A visitor without a session is redirected to the
    page at `LOGIN`; other requests get 401. Use it inside `refuse_cross_site`.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            is_free = scope["type"] == "lifespan" or not sign_in.accounts.exist
            account = None if is_free else sign_in.account_of(scope)
        except InputError as error:
            _log.error("Nobody can sign in: %s", error)
            await refuse_connection(scope, send, 503, _NO_ACCOUNTS)
            return
        if is_free:
            await app(scope, receive, send)
            return
        match (scope.get("method"), scope["path"]):
            case ("POST", path) if path == LOGIN:
                await _sign_in(sign_in, scope, receive, send)
            case ("POST", path) if path == LOGOUT:
                sign_in.sessions.end(cookie(scope, sign_in.cookie) or "")
                await _redirect(send, LOGIN, _cookie(sign_in, scope, "", 0))
            case ("GET", path) if path == LOGIN:
                await (_redirect(send, "/") if account else _show_page(send))
            case _ if account is not None:
                await _until_session_ends(app, sign_in, {**scope, ACCOUNT: account}, receive, send)
            case ("GET", "/"):
                await _redirect(send, LOGIN)
            case _:
                await refuse_connection(scope, send, 401, "Sign in first.")

    return protected


async def _until_session_ends(
    app: App, sign_in: SignIn, scope: Scope, receive: Receive, send: Send
) -> None:
    """Run an app, ending its stream when the visitor's session ends. Other responses are short."""
    is_stream = has_ended = False

    async def receive_until_end() -> Message:
        return {"type": "http.disconnect"} if has_ended else await receive()

    async def send_until_end(message: Message) -> None:
        nonlocal is_stream, has_ended
        if message["type"] == "http.response.start":
            names = (name.lower() for name, _ in message.get("headers", ()))
            is_stream = b"content-length" not in names
        elif is_stream and not has_ended and sign_in.account_of(scope, use=False) is None:
            has_ended = True
            await send({"type": "http.response.body", "body": b""})
        if not has_ended:
            await send(message)

    await app(scope, receive_until_end, send_until_end)


async def _sign_in(sign_in: SignIn, scope: Scope, receive: Receive, send: Send) -> None:
    form = parse_qs((await _body(receive)).decode("utf-8", "replace"))
    # In the form in which accounts are looked up: each spelling would have guesses of its own.
    name, secret = plain_text(form.get("name", [""])[0]), form.get("secret", [""])[0]
    address = client_address(scope)
    wait = sign_in.throttle.wait(name, address)
    if wait:
        await _refuse_for(send, wait)
        return
    sign_in.throttle.attempt(name, address)
    async with sign_in.checking:
        account = await asyncio.to_thread(sign_in.accounts.check, name, secret)
    if account is None:
        await _show_page(send, 403, "The name or the password is wrong.")
        return
    sign_in.throttle.succeeded(name, address)
    sign_in.sessions.end(cookie(scope, sign_in.cookie) or "")  # of whoever used this browser before
    token = sign_in.sessions.start(account.name, account.secret_hash)
    await _redirect(send, "/", _cookie(sign_in, scope, token, LONGEST_S))


async def _body(receive: Receive) -> bytes:
    body = b""
    more = True
    while more and len(body) <= MAX_FORM:
        message = await receive()
        body += message.get("body", b"")
        more = bool(message.get("more_body", False))
    return body


def _cookie(sign_in: SignIn, scope: Scope, token: str, max_age: int) -> tuple[str, str]:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return (
        "set-cookie",
        f"{sign_in.cookie}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age}{secure}",
    )


async def _refuse_for(send: Send, wait: float) -> None:
    seconds = int(wait) + 1
    text = f"Too many wrong passwords. Try again in {seconds} s."
    await _show_page(send, 429, text, [("retry-after", str(seconds))])


async def _show_page(
    send: Send, status: int = 200, problem: str = "", headers: list[tuple[str, str]] | None = None
) -> None:
    note = f'<p role="alert">{html.escape(problem)}</p>' if problem else ""
    page = _PAGE.format(problem=note)
    await respond(send, status, page, content_type="text/html", headers=headers or ())


async def _redirect(send: Send, path: str, *headers: tuple[str, str]) -> None:
    # Relative, so that a proxy may serve the page under a path of its own.
    await respond(send, 303, headers=[("location", path.removeprefix("/") or "./"), *headers])
