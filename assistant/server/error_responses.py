"""Errors as HTTP responses: under ``/v1`` in OpenAI's form, else with a ``detail``."""

from typing import Any

from starlette.responses import JSONResponse

from assistant.errors import AssistantError
from assistant.server.problems import headers_of, problem_of

_OPENAI = "/v1/"


def error_response(path: str, error: AssistantError) -> JSONResponse:
    """Return the response to an error of a request."""
    body = openai_error(error) if path.startswith(_OPENAI) else {"detail": str(error)}
    return JSONResponse(body, problem_of(error).status, headers_of(error))


def openai_error(error: AssistantError) -> dict[str, Any]:
    """Return an error in OpenAI's form."""
    problem = problem_of(error)
    kind = "invalid_request_error" if problem.status < 500 else "server_error"
    return {"error": {"message": str(error), "type": kind, "param": None, "code": problem.code}}
