"""The room for uploads that wait to be used."""

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

from protected_app import Ask

from assistant.web.asgi import App, Receive, Scope, Send, header, respond
from assistant.web.storage import KEPT_S, StorageLimit, limit_storage


def storing(folder: Path) -> App:
    """Return an app that stores the body of an upload in a file of a new name."""

    async def store(scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        (folder / f"{len(list(folder.iterdir()))}.bib").write_bytes(body)
        await respond(send, 200)

    return store


def owner(scope: Scope) -> str:
    return header(scope, "x-client") or ""


def upload(ask: Ask, app: App, client: str, size: int) -> int:
    files = [("files", ("papers.txt", b"x" * size))]
    return ask(app, "POST", "/upload", files=files, headers={"x-client": client}).status_code


def test_one_client_does_not_take_the_room_of_others(ask: Ask, tmp_path: Path) -> None:
    app = limit_storage(storing(tmp_path), StorageLimit(tmp_path, 4000, 1500), owner)
    assert upload(ask, app, "ada", 900) == 200
    assert upload(ask, app, "ada", 900) == 507
    assert upload(ask, app, "bo", 900) == 200
    assert upload(ask, app, "cy", 900) == 200
    assert upload(ask, app, "di", 900) == 507  # no room for anybody

    (tmp_path / "0.bib").unlink()  # it has been added
    assert upload(ask, app, "ada", 900) == 200


def test_uploads_that_arrive_at_the_same_time_count(ask: Ask, tmp_path: Path) -> None:
    async def ask_again(scope: Scope, receive: Receive, send: Send) -> None:
        inner.append(upload(ask, app, "ada", 900))
        await respond(send, 200)

    inner: list[int] = []
    app = limit_storage(ask_again, StorageLimit(tmp_path, 4000, 1500), owner)
    assert upload(ask, app, "ada", 900) == 200
    assert inner == [507]


def test_uploads_that_nobody_used_make_room_after_an_hour(ask: Ask, tmp_path: Path) -> None:
    app = limit_storage(storing(tmp_path), StorageLimit(tmp_path, 1500, 1500), owner)
    assert upload(ask, app, "ada", 900) == 200
    assert upload(ask, app, "bo", 900) == 507
    long_ago = time.time() - KEPT_S - 1
    os.utime(tmp_path / "0.bib", (long_ago, long_ago))
    assert upload(ask, app, "bo", 900) == 200


def test_upload_without_a_length_is_refused(ask: Ask, tmp_path: Path) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"x"

    app = limit_storage(storing(tmp_path), StorageLimit(tmp_path, 1500, 1500), owner)
    for kind in ("multipart/form-data", "Multipart/Form-Data"):
        form = {"content-type": f"{kind}; boundary=b"}
        assert ask(app, "POST", "/upload", content=body(), headers=form).status_code == 411
    assert ask(app, "POST", "/ask", content=b"x" * 2000).status_code == 200
