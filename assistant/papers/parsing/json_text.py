"""Decode JSON, with a readable message for every failure."""

import json


class InvalidJsonError(ValueError):
    """The text is not valid JSON; the message says why."""


def decode_json(text: str) -> object:
    """Decode a JSON text.

    Raises:
        InvalidJsonError: the text is not valid JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidJsonError(f"not valid JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise InvalidJsonError(
            "not valid JSON (nested too deeply, or a number is too long)"
        ) from error
