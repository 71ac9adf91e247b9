"""The routes under ``/evals``: the evaluation runs that are saved in the library."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from assistant.chat.evals.runs import EvalRuns, StoredRun
from assistant.evaluation import Run
from assistant.server.problems import UnknownNameError
from assistant.server.state import ServerState


class RunBody(BaseModel):
    """A saved run."""

    name: str
    title: str


class RunReportBody(RunBody):
    """A saved run with its metrics."""

    metrics: dict[str, Any]


def eval_routes(state: ServerState) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/evals", tags=["Evaluation"])

    def stored() -> list[StoredRun]:
        return EvalRuns(state.assistant.library.folder).stored()

    @routes.get("")
    def list_runs() -> list[RunBody]:
        """List the runs, the latest first."""
        return [RunBody(name=run.file.stem, title=run.title) for run in stored()]

    @routes.get("/{name}")
    def report(name: str) -> RunReportBody:
        """Return the metrics of a run, with intervals."""
        run = next((one for one in stored() if one.file.stem == name), None)
        if run is None:
            raise UnknownNameError(f"No run is called {name!r}. GET /evals lists the names.")
        named = Run.load(run.file).metrics.named
        metrics = {
            metric: {"value": one.value, "low": one.low, "high": one.high, "n": one.n}
            for metric, one in named.items()
            if one.value is not None
        }
        return RunReportBody(name=name, title=run.title, metrics=metrics)

    return routes
