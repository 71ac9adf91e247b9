"""The routes under ``/evals`` that start and stop a run."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.errors import InputError
from assistant.server.rest.evals import RunningBody, running_run
from assistant.server.state import ServerState

# As on the page.
_MAX_QUESTIONS = 1000


class StartBody(BaseModel):
    """A run to start."""

    questions: str = Field(default="sample", description="A name of GET /evals/questions.")
    limit: int = Field(
        default=20, ge=1, le=_MAX_QUESTIONS, description="How many; from each kind in turn."
    )


def eval_run_routes(state: ServerState) -> APIRouter:
    """Return the routes. A server that is read-only has none of them."""
    routes = APIRouter(prefix="/evals", tags=["Evaluation"])

    @routes.post("", status_code=202)
    def start(body: StartBody) -> RunningBody:
        """Start a run in the background; 409 if another one has not ended.

        The server answers questions meanwhile.
        """
        sets = dict(state.runs.question_sets())
        if body.questions not in sets:
            raise InputError(
                f"No question set is called {body.questions!r}, only {', '.join(sets)}."
            )
        run = state.runs.start(state.assistant, sets[body.questions], body.limit)
        return RunningBody.of(run)

    @routes.delete("/running", status_code=204)
    def stop() -> None:
        """Stop the run that has not ended, before its next question. Its answers are kept."""
        running_run(state).job.stop()

    return routes
