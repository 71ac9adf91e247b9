"""What one server refuses: optional fields of a request, and types of a response format."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.llm.endpoint.transport import OPTIONAL_FIELDS, RefusedFieldError
from assistant.llm.json_object import JsonObject


class Refusals:
    """Remembers what a server refuses, so that it is asked for that once.

    A request may be refused for another reason than its fields. So a refusal is remembered only
    if the server names the field, or answers the same request without it; and never of a field
    with which it answered before.

    Attributes:
        known: the refused fields; ``response_format`` is there by its refused types instead.
    """

    def __init__(self) -> None:
        self.known: frozenset[str] = frozenset()
        self._accepted: frozenset[str] = frozenset()

    def blamed(self, error: RefusedFieldError, body: Mapping[str, Any]) -> frozenset[str]:
        """Return what to leave out of the next try of a request.

        Args:
            error: with which the server refused the request.
            body: of the request.

        Raises:
            UnavailableError: its fields cannot be the reason.
        """
        blamed = _names(error.fields, body)
        if error.is_certain:
            self.known |= blamed - self._accepted
            return blamed
        if not blamed - self._accepted:
            raise error.problem from error
        return blamed - self._accepted

    def learn(self, body: Mapping[str, Any], left_out: frozenset[str]) -> None:
        """Remember what a request tells that the server answered.

        Args:
            body: of the request.
            left_out: of its fields.
        """
        sent = [field for field in OPTIONAL_FIELDS if field in body]
        self._accepted |= _names(sent, body)
        self.known |= left_out - self._accepted


def object_fields(shape: JsonObject | None, left_out: frozenset[str]) -> dict[str, Any]:
    """Return the fields that ask for a JSON object, in the best way that is not left out.

    Args:
        shape: of the object; None for a text.
        left_out: types of a response format among others.
    """
    if shape is None:
        return {}
    if "json_schema" not in left_out:
        schema = {"name": "row", "strict": True, "schema": shape.schema()}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    if "json_object" not in left_out:  # the only type of servers of llama-cpp-python
        return {"response_format": {"type": "json_object", "schema": shape.schema()}}
    return {}


def _names(fields: Sequence[str], body: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        body[field]["type"] if field == "response_format" else field for field in fields
    )
