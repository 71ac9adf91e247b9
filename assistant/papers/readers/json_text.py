"""Decoding JSON without surprises: what cannot be decoded is told in a sentence."""

import json


class NotJsonError(ValueError):
    """The text is no JSON; the message says why."""


def decoded(text: str) -> object:
    """Return what a JSON text stands for.

    Raises:
        NotJsonError: it is not valid, or nested too deep.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJsonError(f"not valid JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise NotJsonError("not valid JSON (nested too deep, or a number is too long)") from error
