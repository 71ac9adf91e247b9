"""Reader of JSON Lines: one object a line. arXiv's metadata dump is such a file."""

from collections.abc import Iterator

from assistant.papers.document import Document
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.readers.json_records import json_records
from assistant.papers.record import Record, Skipped

NAME = "JSON Lines"


def recognises(document: Document) -> bool:
    """Tell whether the first line is a whole object, or the second if the first is broken."""
    first, *more = [line.strip() for line in document.start.split("\n") if line.strip()] or [""]
    if not first.startswith("{"):
        return False
    # Of a long first line only the beginning is seen.
    return _is_object(first) or not more or (not first.endswith("[") and _is_object(more[0]))


def _is_object(line: str) -> bool:
    try:
        return isinstance(decode_json(line), dict)
    except InvalidJsonError:
        return False


def read(document: Document) -> Iterator[Record]:
    """Return the papers line by line; a line that is wrong is skipped, blank ones are no matter."""
    # Not splitlines: it also splits at separators that JSON allows inside a text, such as U+2028.
    for number, line in enumerate(document.lines(), start=1):
        if not line.strip():
            continue
        try:
            value = decode_json(line)
        except InvalidJsonError as error:
            yield Skipped(document.name, str(error), f"line {number}")
        else:
            yield from json_records(value, document.name, f"line {number}")
