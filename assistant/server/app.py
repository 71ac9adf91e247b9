"""The whole server as one ASGI app."""

from collections.abc import Collection

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.params import Depends
from fastapi.responses import Response
from fastapi.security import HTTPBearer

from assistant import __version__
from assistant.errors import AssistantError, InputError
from assistant.server.access.checks import GatedApp
from assistant.server.access.gate import Gate
from assistant.server.count_requests import CountRequests
from assistant.server.monitoring import health_routes, metrics_routes
from assistant.server.mount.beside_page import beside_page
from assistant.server.openai.routes import openai_routes
from assistant.server.problems import error_response
from assistant.server.rest.ask import ask_routes
from assistant.server.rest.eval_runs import eval_run_routes
from assistant.server.rest.evals import eval_routes
from assistant.server.rest.papers import changing_routes, paper_routes
from assistant.server.state import ServerState
from assistant.web.asgi import App
from assistant.web.headers import add_security_headers
from assistant.web.hosts import allow_hosts, known_hosts
from assistant.web.json_bodies import MAX_JSON, repair_json
from assistant.web.limits import limit_bodies
from assistant.web.routes import Route

_DESCRIPTION = (
    "Questions about a library of paper abstracts, answered with citations by a small model on "
    "this machine."
)
# The page /docs loads its scripts from elsewhere.
_POLICY = "base-uri 'self'; frame-ancestors 'none'; object-src 'none'"
_OPEN_PATHS = ("/health", "/ready", "/docs", "/redoc", "/openapi.json")
# As for an event of the page.
_MAX_SHORT_JSON = 1_000_000
# As on the page: a bibliography, a saved search page or scanned PDFs.
_MAX_UPLOAD, _MAX_FILES = 100_000_000, 100
_LIMITS = (
    Route("POST", "/papers", max_body=_MAX_UPLOAD, max_files=_MAX_FILES),
    # A conversation of a chat client with its images, texts to embed, a bibliography over MCP.
    Route("POST", "/(v1/.*|mcp/?)", max_body=MAX_JSON),
    # Nothing is sent to these, and they need no key.
    *(Route("POST", path, max_body=0) for path in _OPEN_PATHS),
    Route("POST", "/.*", max_body=_MAX_SHORT_JSON),
)


def build_app(state: ServerState, gate: Gate, page: App | None = None) -> App:
    """Return the server's app.

    Args:
        state: the state of the server.
        gate: checks the requests to the APIs.
        page: the chat page, with its own protection; None for none.
    """
    app = FastAPI(title="Paper assistant", version=__version__, description=_DESCRIPTION)
    app.include_router(health_routes(state))
    routers = [
        openai_routes(state),
        ask_routes(state),
        paper_routes(state),
        eval_routes(state),
        metrics_routes(state),
    ]
    if not state.options.read_only:
        routers += [changing_routes(state), eval_run_routes(state)]
    for router in routers:
        # Only for the documentation: the gate checks the key.
        app.include_router(router, dependencies=[Depends(HTTPBearer(auto_error=False))])
    if state.options.mcp:
        from assistant.server.mcp.http import mount_mcp

        mount_mcp(app, state)
    _answer_errors(app)
    gated = GatedApp(limit_bodies(repair_json(app), _LIMITS), gate, _OPEN_PATHS)
    # Inside the CORS middleware, whose headers it would otherwise remove.
    guarded = add_security_headers(gated, _POLICY)
    counted = CountRequests(_with_origins(guarded, state.options.allow_origins), state.metrics)
    api = allow_hosts(counted, known_hosts(state.options.host, state.options.allow_hosts))
    return api if page is None else beside_page(api, app, page)


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(AssistantError)
    async def assistant_error(request: Request, error: AssistantError) -> Response:
        return error_response(request.url.path, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        parts = [
            f"{'.'.join(str(part) for part in one['loc'][1:]) or 'body'}: {one['msg']}"
            for one in error.errors()
        ]
        problem = InputError(f"The request is not valid. {'; '.join(parts)}.")
        return error_response(request.url.path, problem)


def _with_origins(app: App, origins: Collection[str]) -> App:
    """Return an app that tells browsers which other origins may use it; none by default."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=list(origins),
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["Retry-After", "Mcp-Session-Id"],
    )
