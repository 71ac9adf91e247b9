"""The page as a protected web app: the routes of Gradio that it needs, and nothing else."""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qs

import gradio as gr
from fastapi import FastAPI, Request
from gradio.utils import get_upload_folder

from assistant.chat.page import appearance, build_page_of
from assistant.chat.pdf_routes import PATHS as PDF_PATHS
from assistant.chat.pdf_routes import pdf_routes
from assistant.chat.rights import may
from assistant.chat.sessions import Sessions, keep_sessions_in
from assistant.chat.state import AppState
from assistant.chat.uploads import MAX_FILE, MAX_FILES, MAX_UPLOAD, foreign_file
from assistant.web.asgi import App, Receive, Scope, Send, respond
from assistant.web.headers import content_security_policy
from assistant.web.hosts import known_hosts
from assistant.web.html_head import insert_in_head
from assistant.web.limits import Rate
from assistant.web.login.accounts import Account
from assistant.web.login.sign_in import ACCOUNT, SignIn
from assistant.web.presence import Presence
from assistant.web.protection import Protection, protect
from assistant.web.routes import Route
from assistant.web.storage import StorageLimit
from assistant.web.websocket_streams import stream_over_websockets

_API = "/gradio_api"
_STREAMS = Path(__file__).parent / "js" / "streams.js"
# An event carries a question of 2,000 characters, or the ids of the papers inside a lasso.
_MAX_EVENT = 1_000_000
# Above what twenty people behind one address cause by clicking and typing.
_EVENTS_PER_SECOND, _EVENTS_AT_ONCE = 100, 500
_MAX_STORED = 2_000_000_000
"""All uploads that have not been added yet, in bytes. One account may have `MAX_UPLOAD` of them."""
_MAX_QUEUED = 200
"""The number of events, of all visitors, that may wait for a thread; later ones are refused."""
_LOOK_EVERY_S, _PROGRESS_EVERY_S = 0.02, 0.1
"""How often Gradio polls for new events and for progress. Its defaults, 1 and 10 ms, take 5 % of a
core while nobody uses the page; these values take 1 %."""

ROUTES = (
    Route("GET", "/"),
    Route("GET", "/(assets|static)/(?!.*\\.\\.)[\\w./-]+"),
    Route("GET", "/theme.css"),
    Route("GET", "/favicon.ico"),
    Route("GET", PDF_PATHS),
    Route("GET", f"{_API}/(app_id|startup-events|upload_progress)"),
    Route("GET", f"{_API}/queue/data"),
    Route("GET", f"{_API}/heartbeat/\\w+"),
    Route("POST", f"{_API}/(run/predict|queue/join|cancel|reset)", max_body=_MAX_EVENT),
    Route("POST", f"{_API}/upload", max_body=MAX_UPLOAD, max_files=MAX_FILES),
)
"""The routes that the page needs. None serves arbitrary files, only the PDFs that papers of the
library were read from."""

# Gradio builds functions from the page's scripts and styles elements by attribute. Inline event
# handlers, which injected HTML would use, never run.
_POLICY = content_security_policy(
    script_src="'self' 'unsafe-inline' 'unsafe-eval'",
    script_src_attr="'none'",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data: blob:",
    font_src="'self' data:",
)
# The browser's PDF viewer is an object with its own style.
_PDF_POLICY = content_security_policy(
    default_src="'none'",
    object_src="'self'",
    style_src="'unsafe-inline'",
    frame_ancestors="'self'",
)


def page_app(
    app: AppState,
    host: str,
    port: int,
    *,
    allowed: Collection[str] = (),
    uploads: Path | None = None,
) -> App:
    """Return the chat page as an ASGI app.

    Args:
        app: the state of the page.
        host: the address that it will listen on.
        port: its port; each has sessions of its own.
        allowed: further host names that it answers to, such as that of a proxy.
        uploads: the folder of uploads, if their size is to be limited.
    """
    presence = app.presence = Presence()
    page = build_page_of(app)
    page.queue(max_size=_MAX_QUEUED)
    page._queue.sleep_when_free = _LOOK_EVERY_S
    page._queue.progress_update_sleep_when_free = _PROGRESS_EVERY_S
    routes = FastAPI(openapi_url=None)
    routes.include_router(pdf_routes(app))
    mounted = gr.mount_gradio_app(
        routes,
        page,
        path="/",
        auth_dependency=_visitor,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        max_file_size=MAX_FILE,
        **appearance(),
    )
    keep_sessions_in(mounted, Sessions(presence.is_there, app.shown.forget))
    # Gradio adds its own `head` only after it has opened the first stream.
    plain = insert_in_head(mounted, "/", f"<script>{_STREAMS.read_text('utf-8')}</script>")
    plain = _refuse_uploads_of_readers(plain)
    protection = Protection(
        hosts=known_hosts(host, allowed),
        proxies=allowed,
        routes=ROUTES,
        sign_in=SignIn(app.accounts, cookie=f"assistant-session-{port}"),
        rate=Rate(_EVENTS_PER_SECOND, _EVENTS_AT_ONCE),
        check_body=lambda body: foreign_file(body, uploads or Path(get_upload_folder())),
        storage=StorageLimit(uploads, _MAX_STORED, MAX_UPLOAD) if uploads else None,
        client_of=_session_of,
        presence=presence,
        policy=_POLICY,
        framed={PDF_PATHS: _PDF_POLICY},
    )
    return stream_over_websockets(
        protect(plain, protection), lambda scope: bool(_session_of(scope))
    )


def _visitor(request: Request) -> str:
    """Return the name of the account that a request comes from; empty without accounts.

    Gradio would ask a visitor without any name (None) to log in.
    """
    account: Account | None = request.scope.get(ACCOUNT)
    return account.name if account is not None else ""


def _refuse_uploads_of_readers(app: App) -> App:
    """Return an app that answers 403 to an upload of an account that may not add papers."""

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        account: Account | None = scope.get(ACCOUNT)
        is_upload = scope["type"] == "http" and scope["path"] == f"{_API}/upload"
        if is_upload and account is not None and not may(account.role, "add papers"):
            await respond(send, 403, "Your account may not add papers.")
        else:
            await app(scope, receive, send)

    return protected


def _session_of(scope: Scope) -> str:
    """Return the Gradio session of a stream; empty if the request opens none."""
    path = str(scope["path"])
    if path == f"{_API}/queue/data":
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        return str(query.get("session_hash", [""])[0])
    prefix = f"{_API}/heartbeat/"
    return path.removeprefix(prefix) if path.startswith(prefix) else ""
