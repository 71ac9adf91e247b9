"""What a server refuses: optional fields of a request, and types of response format."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.llm.endpoint.transport import OPTIONAL_FIELDS, RefusedFieldError
from assistant.llm.json_object import JsonObject


class Refusals:
    """Remembers which fields a server refuses, so that they are not sent again.

    A request may be refused for a reason other than its fields. So a field is remembered as refused
    only if the server names it, or answers the same request without it; never if the server has
    answered a request with that field before.

    Attributes:
        known: the refused fields; for ``response_format``, the refused types.
    """

    def __init__(self) -> None:
        self.known: frozenset[str] = frozenset()
        self._accepted: frozenset[str] = frozenset()

    def refused_fields(self, error: RefusedFieldError, body: Mapping[str, Any]) -> frozenset[str]:
        """Return what to leave out when a refused request is retried.

        Args:
            error: the error that refused the request.
            body: the request's body.

        Raises:
            UnavailableError: the fields cannot be the reason.
        """
        refused = _names(error.fields, body)
        if error.is_certain:
            self.known |= refused - self._accepted
            return refused
        if not refused - self._accepted:
            raise error.problem from error
        return refused - self._accepted

    def learn(self, body: Mapping[str, Any], left_out: frozenset[str]) -> None:
        """Learn from a request that the server answered.

        Args:
            body: the request's body.
            left_out: the fields that were left out of it.
        """
        sent = [field for field in OPTIONAL_FIELDS if field in body]
        self._accepted |= _names(sent, body)
        self.known |= left_out - self._accepted


def object_fields(shape: JsonObject | None, left_out: frozenset[str]) -> dict[str, Any]:
    """Return the fields that request a JSON object, by the best method that is not refused.

    Args:
        shape: the object's shape; None for plain text.
        left_out: what to leave out, including types of response format.
    """
    if shape is None:
        return {}
    if "json_schema" not in left_out:
        schema = {"name": "row", "strict": True, "schema": shape.schema()}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    if "json_object" not in left_out:  # the only type that llama-cpp-python's server has
        return {"response_format": {"type": "json_object", "schema": shape.schema()}}
    return {}


def _names(fields: Sequence[str], body: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        body[field]["type"] if field == "response_format" else field for field in fields
    )
