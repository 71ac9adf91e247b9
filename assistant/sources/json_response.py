"""Parsing papers in JSON responses."""

import io

from assistant.errors import InputError
from assistant.http.client import BadResponseError
from assistant.http.service import WebService
from assistant.papers import Document, Record
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.readers.json_records import json_records


def parse_records(service: WebService, body: bytes) -> tuple[Record, ...]:
    """Return the papers in a response, and the reason for each record without one.

    Raises:
        BadResponseError: the response is truncated, not JSON, or neither a list nor an object.
    """
    try:
        value = decode_json(Document(service.name, io.BytesIO(body)).text())
    except (InvalidJsonError, InputError) as error:
        raise BadResponseError(f"its response is {error}") from error
    if not isinstance(value, list | dict):
        raise BadResponseError("its response is not a list of papers")
    return tuple(json_records(value, service.name, ""))
