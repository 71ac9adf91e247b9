"""Whether the server is up, whether it can answer, and its metrics."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from assistant.chat.widgets.without_paths import without_paths
from assistant.server.state import ServerState


def health_routes(state: ServerState) -> APIRouter:
    """Return the routes that need no key."""
    routes = APIRouter(tags=["Monitoring"])

    @routes.get("/health")
    def health() -> dict[str, str]:
        """Tell that the server is up."""
        return {"status": "ok"}

    @routes.get("/ready")
    def ready() -> Response:
        """Tell whether the model is loaded: 200 if it is, else 503."""
        _, loading = state.current()
        problem = without_paths(loading.problem) if loading.problem else None
        body = {"ready": loading.done, "problem": problem}
        return JSONResponse(body, 200 if loading.done else 503)

    return routes


def metrics_routes(state: ServerState) -> APIRouter:
    """Return the route of the metrics."""
    routes = APIRouter(tags=["Monitoring"])

    @routes.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> PlainTextResponse:
        """Return the metrics in Prometheus' text format."""
        return PlainTextResponse(state.metrics.text(), media_type="text/plain; version=0.0.4")

    return routes
