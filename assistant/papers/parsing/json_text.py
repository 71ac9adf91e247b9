"""Decoding JSON without surprises: what cannot be decoded is told in a sentence."""

import json


class InvalidJsonError(ValueError):
    """The text is no JSON; the message says why."""


def decode_json(text: str) -> object:
    """Return what a JSON text stands for.

    Raises:
        InvalidJsonError: it is not valid, or nested too deep.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidJsonError(f"not valid JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise InvalidJsonError(
            "not valid JSON (nested too deep, or a number is too long)"
        ) from error
