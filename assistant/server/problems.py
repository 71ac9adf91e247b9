"""Errors as HTTP responses: under ``/v1`` in OpenAI's form, else with a ``detail``."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse

from assistant.chat.jobs.eval_runs import AlreadyRunningError
from assistant.chat.widgets.without_paths import without_paths
from assistant.errors import (
    AssistantError,
    Cancelled,
    DiskFullError,
    InputError,
    LibraryError,
    ModelError,
    NetworkError,
)

_OPENAI = "/v1/"


class UnauthorizedError(AssistantError):
    """The request has no valid API key."""


class ForbiddenError(AssistantError):
    """The request is not allowed on this server."""


class UnknownNameError(AssistantError):
    """The request names a paper, model or run that does not exist."""


class TooManyRequestsError(AssistantError):
    """The client sends too many requests, or too many questions are waiting.

    Attributes:
        retry_after_s: in how many seconds the client should try again.
    """

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as an HTTP response.

    Attributes:
        status: the HTTP status. 499 is the customary status for a client that has left.
        code: a machine-readable name.
    """

    status: int
    code: str


# The first class that an error is an instance of determines its problem.
_PROBLEMS: tuple[tuple[type[AssistantError], Problem], ...] = (
    (UnauthorizedError, Problem(401, "invalid_api_key")),
    (ForbiddenError, Problem(403, "forbidden")),
    (UnknownNameError, Problem(404, "not_found")),
    (AlreadyRunningError, Problem(409, "already_running")),
    (TooManyRequestsError, Problem(429, "rate_limit_exceeded")),
    (InputError, Problem(400, "invalid_request")),
    (Cancelled, Problem(499, "client_closed_request")),
    (NetworkError, Problem(502, "bad_gateway")),
    (ModelError, Problem(503, "model_unavailable")),
    (DiskFullError, Problem(507, "disk_full")),
    (LibraryError, Problem(503, "library_unavailable")),
    (AssistantError, Problem(500, "internal_error")),
)


def problem_of(error: AssistantError) -> Problem:
    """Return the HTTP status and the code of an error."""
    return next(problem for kind, problem in _PROBLEMS if isinstance(error, kind))


def message_of(error: AssistantError) -> str:
    """Return the message of an error without the folders of this machine."""
    return without_paths(str(error))


def headers_of(error: AssistantError) -> dict[str, str]:
    """Return the headers of the response to an error."""
    if isinstance(error, UnauthorizedError):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, TooManyRequestsError):
        return {"Retry-After": str(max(1, round(error.retry_after_s)))}
    return {}


def error_response(path: str, error: AssistantError) -> JSONResponse:
    """Return the response to an error of a request."""
    body = openai_error(error) if path.startswith(_OPENAI) else {"detail": message_of(error)}
    return JSONResponse(body, problem_of(error).status, headers_of(error))


def openai_error(error: AssistantError) -> dict[str, Any]:
    """Return an error in OpenAI's form."""
    problem = problem_of(error)
    kind = "invalid_request_error" if problem.status < 500 else "server_error"
    return {
        "error": {"message": message_of(error), "type": kind, "param": None, "code": problem.code}
    }
