"""What the sources that answer in JSON say of papers."""

import io

from assistant.errors import InputError
from assistant.http.client import UnusableAnswerError
from assistant.http.service import WebService
from assistant.papers import Document, Record
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.readers.json_records import json_records


def records_in(source: WebService, body: bytes) -> tuple[Record, ...]:
    """Return the papers in an answer, and for each record without one the reason.

    Raises:
        UnusableAnswerError: it is cut, or not JSON, or neither a list nor an object.
    """
    try:
        value = decode_json(Document(source.name, io.BytesIO(body)).text())
    except (InvalidJsonError, InputError) as error:
        raise UnusableAnswerError(f"its answer is {error}") from error
    if not isinstance(value, list | dict):
        raise UnusableAnswerError("its answer is no list of papers")
    return tuple(json_records(value, source.name, ""))
