"""Decoding JSON, with a readable message for every failure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_LIST = re.compile(r"\[\s*(?=\{)")
_TITLE = '"title"'
_BETWEEN = re.compile(r"\s*,\s*")


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


def decoded_object(text: str) -> Mapping[str, Any]:
    """Decode a JSON object; return an empty one if the text is not an object."""
    try:
        value = decode_json(text)
    except InvalidJsonError:
        return {}
    return value if isinstance(value, dict) else {}


def objects_before_damage(text: str) -> Iterator[object]:
    """Yield the complete objects at the beginning of the first list of objects in a text.

    Lists inside an object with a title are skipped: they contain its authors or references.
    """
    decoder = json.JSONDecoder()
    first = _LIST.search(text)
    at = first.end() if first and _TITLE not in text[: first.start()] else None
    while at is not None:
        try:
            item, end = decoder.raw_decode(text, at)
        except (RecursionError, ValueError):
            return
        yield item
        between = _BETWEEN.match(text, end)
        at = between.end() if between else None
