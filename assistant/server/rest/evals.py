"""The read-only routes under ``/evals``: question sets, saved runs, and the current run."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from assistant.chat.jobs.eval_runs import StartedRun
from assistant.errors import AssistantError
from assistant.evaluation import Run
from assistant.server.problems import UnknownNameError, message_of, problem_of
from assistant.server.requests.sse import event, event_stream
from assistant.server.state import ServerState


class QuestionSetBody(BaseModel):
    """A question set that can be run."""

    name: str


class RunBody(BaseModel):
    """A saved run."""

    name: str
    title: str


class RunReportBody(RunBody):
    """A saved run with its metrics."""

    metrics: dict[str, Any] = Field(
        description="By name: the value, its 95 % interval, and the number of answers."
    )


class RunningBody(BaseModel):
    """A run that has not ended."""

    name: str = Field(description="That of the saved run once it has an answer.")
    questions: str = Field(description="The question set.")
    label: str = Field(description="What is being done; empty while the model loads.")
    done: int = Field(description="The number of papers read, or of questions answered.")
    total: int

    @classmethod
    def of(cls, run: StartedRun) -> "RunningBody":
        """Return the progress of a run."""
        at = run.job.latest
        name, questions = run.file.stem, run.questions
        if at is None:
            return cls(name=name, questions=questions, label="", done=0, total=0)
        return cls(name=name, questions=questions, label=at.label, done=at.done, total=at.total)


def eval_routes(state: ServerState) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/evals", tags=["Evaluation"])

    @routes.get("")
    def list_runs() -> list[RunBody]:
        """List the runs, the latest first."""
        return [RunBody(name=run.file.stem, title=run.title) for run in state.runs.stored()]

    @routes.get("/questions")
    def list_question_sets() -> list[QuestionSetBody]:
        """List the question sets: those that ship with the program, and those that were added."""
        return [QuestionSetBody(name=name) for name, _ in state.runs.question_sets()]

    @routes.get("/running")
    def progress() -> RunningBody:
        """Return the progress of the run that has not ended."""
        return RunningBody.of(running_run(state))

    @routes.get(
        "/running/events",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def events() -> Response:
        """Follow the run that has not ended.

        The events are `progress`, and at the end `report` or `error`. The run goes on when the
        client leaves.
        """
        return event_stream(_events(state, running_run(state)))

    @routes.get("/{name}")
    def report(name: str) -> RunReportBody:
        """Return the metrics of a run, with intervals."""
        return _report(state, name)

    return routes


def running_run(state: ServerState) -> StartedRun:
    """Return the run that has not ended.

    Raises:
        UnknownNameError: there is none.
    """
    if (run := state.runs.running) is None:
        raise UnknownNameError("No run is going. POST /evals starts one.")
    return run


def _report(state: ServerState, name: str) -> RunReportBody:
    run = next((one for one in state.runs.stored() if one.file.stem == name), None)
    if run is None:
        raise UnknownNameError(f"No run is called {name!r}. GET /evals lists the names.")
    return RunReportBody(name=name, title=run.title, metrics=_metrics(run.file))


def _metrics(file: Path) -> dict[str, Any]:
    return {
        metric: {"value": one.value, "low": one.low, "high": one.high, "n": one.n}
        for metric, one in Run.load(file).metrics.named.items()
        if one.value is not None
    }


async def _events(state: ServerState, run: StartedRun) -> AsyncIterator[str]:
    steps = run.job.watch()
    while await asyncio.to_thread(next, steps, None) is not None:
        yield event(RunningBody.of(run).model_dump(), "progress")
    try:
        await asyncio.to_thread(run.job.result)
        report = await asyncio.to_thread(_report, state, run.file.stem)
        yield event(report.model_dump(), "report")
    except AssistantError as error:
        yield event({"status": problem_of(error).status, "detail": message_of(error)}, "error")
