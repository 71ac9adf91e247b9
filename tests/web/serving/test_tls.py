"""HTTPS: the certificate, its key, and a server with them."""

import socket
import ssl
from pathlib import Path

import httpx
import pytest
from certificates import make_certificate
from protected_app import echo

from assistant.errors import InputError
from assistant.server.resident.client import server_of
from assistant.server.resident.record import new_server, recorded
from assistant.web.asgi import App, Receive, Scope, Send, respond
from assistant.web.login.accounts import Accounts, parse_login
from assistant.web.login.sign_in import SignIn, require_sign_in
from assistant.web.serving.server import serving
from assistant.web.serving.tls import tls_from


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def quiet(app: App) -> App:
    """Return an app that answers the events of a server's start and end."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for stage in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{stage}.complete"})

    return answering


def test_server_with_a_certificate_speaks_https_only_and_keeps_cookies_to_it(
    tmp_path: Path,
) -> None:
    certificate, key = make_certificate(tmp_path)
    port, sign_in = free_port(), SignIn(Accounts([parse_login("ada:frost")]))
    app = quiet(require_sign_in(echo, sign_in))
    with serving(app, "127.0.0.1", port, tls=tls_from(certificate, key)):
        trusting = ssl.create_default_context(cafile=certificate)
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trusting) as http:
            login = http.post("/login", data={"name": "ada", "secret": "frost"})
            assert "; Secure" in login.headers["set-cookie"]
            assert http.post("/", content=b"hello").text == "hello"
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{port}/login")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"https://127.0.0.1:{port}/login")


def test_server_over_https_is_found_by_its_own_certificate(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    other, _ = make_certificate(tmp_path, "other")

    async def ready(scope: Scope, receive: Receive, send: Send) -> None:
        await respond(send, 200, "{}")

    port = free_port()
    url = f"https://127.0.0.1:{port}"
    with serving(quiet(ready), "127.0.0.1", port, tls=tls_from(certificate, key)):
        with recorded(tmp_path, server := new_server(url, certificate)):
            assert server_of(tmp_path) == server
        with recorded(tmp_path, new_server(url, other)):
            assert server_of(tmp_path) is None


def test_only_one_of_the_files_is_an_error(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    assert tls_from(None, None) is None
    for files in ((certificate, None), (None, key)):
        with pytest.raises(InputError, match="give --tls-cert and --tls-key"):
            tls_from(*files)


def test_files_that_cannot_be_used_are_errors_that_name_them(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    _, others_key = make_certificate(tmp_path, "other")
    _, locked = make_certificate(tmp_path, "locked", password=b"frost")
    text = tmp_path / "notes.txt"
    text.write_text("No certificate.")
    for files, problem in [
        ((tmp_path / "none.pem", key), r"none.pem cannot be read \(No such file.* --tls-cert"),
        ((certificate, tmp_path), r"cannot be read \(Is a directory.* --tls-key"),
        ((text, key), r"notes.txt is no certificate in PEM"),
        ((certificate, text), r"notes.txt is no private key in PEM"),
        ((key, certificate), r"server-key.pem is no certificate in PEM"),
        ((certificate, others_key), r"does not belong to the certificate"),
        ((certificate, locked), r"locked-key.pem has a password"),
    ]:
        with pytest.raises(InputError, match=problem):
            tls_from(*files)
