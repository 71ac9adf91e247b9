"""A limit on uploads that wait on disk, for each client and in total."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.web.asgi import App, Receive, Scope, Send, header, respond
from assistant.web.content_type import MULTIPART, content_type

KEPT_S = 3600
"""How long an unused upload is kept if another one needs the space."""

_FULL = "Too many uploads wait to be added. Add or wait for yours, and try again."


@dataclass(frozen=True, slots=True)
class StorageLimit:
    """How much may wait.

    Attributes:
        folder: where the framework puts uploads, and the app deletes those that it has used.
        most: the limit for all clients together, in bytes.
        most_of_a_client: the limit for one client, in bytes.
    """

    folder: Path
    most: int
    most_of_a_client: int


@dataclass(slots=True)
class _Uploads:
    """The uploads that arrive, in bytes, and those that wait, in files, by client."""

    arriving: Counter[str] = field(default_factory=Counter)
    waiting: dict[str, set[Path]] = field(default_factory=dict)


def limit_storage(app: App, limit: StorageLimit, client_of: Callable[[Scope], str]) -> App:
    """Return an app that answers 507 to an upload for which there is no room.

    Args:
        app: the app.
        limit: how much may wait.
        client_of: returns whose a request is.
    """
    uploads = _Uploads()

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or content_type(scope).kind != MULTIPART:
            await app(scope, receive, send)
            return
        size = int(header(scope, "content-length") or 0)
        if not size:  # it could only be counted once it is on disk
            await respond(send, 411, "An upload has to say its length.")
            return
        client = client_of(scope)
        before = await asyncio.to_thread(_sizes_after_making_room, limit, uploads, size)
        # There must be no await from here to where this upload is counted, so that concurrent
        # uploads see each other.
        mine = sum(before.get(file, 0) for file in uploads.waiting.get(client, ()))
        too_many = mine + uploads.arriving[client] + size > limit.most_of_a_client
        if too_many or sum(before.values()) + uploads.arriving.total() + size > limit.most:
            await respond(send, 507, _FULL)
            return
        uploads.arriving[client] += size
        try:
            await app(scope, receive, send)
        finally:
            uploads.arriving[client] -= size
            _assign(uploads, client, set(_sizes(limit.folder)))

    return protected


def _assign(uploads: _Uploads, client: str, files: set[Path]) -> None:
    """Assign files that belong to nobody yet to a client, and forget files that are gone."""
    for name in list(uploads.waiting):
        uploads.waiting[name] &= files
        if not uploads.waiting[name]:
            del uploads.waiting[name]
    new = files.difference(*uploads.waiting.values())
    uploads.waiting.setdefault(client, set()).update(new)


def _sizes_after_making_room(limit: StorageLimit, uploads: _Uploads, size: int) -> dict[Path, int]:
    sizes = _sizes(limit.folder)
    if sum(sizes.values()) + uploads.arriving.total() + size > limit.most:
        for file in sizes:
            if _is_old(file):
                file.unlink(missing_ok=True)
        sizes = _sizes(limit.folder)
    return sizes


def _sizes(folder: Path) -> dict[Path, int]:
    sizes = {}
    for file in folder.rglob("*"):
        try:
            if file.is_file():
                sizes[file] = file.stat().st_size
        except OSError:  # it was added, and deleted, meanwhile
            continue
    return sizes


def _is_old(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime > KEPT_S
    except OSError:
        return False
