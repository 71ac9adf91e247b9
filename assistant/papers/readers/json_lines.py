"""Reader of JSON Lines: one object per line, as in arXiv's metadata dump."""

from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.readers.json_records import json_records, papers_before_damage
from assistant.papers.record import Record, Skipped

NAME = "JSON Lines"
EXTENSIONS = (".jsonl", ".ndjson")
RECOGNISED_BY = "an object in the first line"
READS = "as JSON, one object per line; also arXiv's metadata dump"


def recognises(document: Document) -> bool:
    """Return whether the first line is an object, or the second if the first is malformed."""
    first, *more = [line.strip() for line in document.start.split("\n") if line.strip()] or [""]
    if not first.startswith("{"):
        return False
    # A long first line may be truncated, since only the beginning of the document is available.
    return _is_object(first) or not more or (not first.endswith("[") and _is_object(more[0]))


def _is_object(line: str) -> bool:
    try:
        return isinstance(decode_json(line), dict)
    except InvalidJsonError:
        return False


def read(document: Document) -> Iterator[Record]:
    """Yield a record per line. Malformed lines are skipped, blank ones ignored."""
    # str.splitlines would also split at characters that JSON allows in strings, such as U+2028.
    for number, line in enumerate(document.lines(), start=1):
        if not line.strip():
            continue
        try:
            value = decode_json(line)
        except InvalidJsonError as error:
            yield from papers_before_damage(line, document.name)
            yield Skipped(document.name, str(error), f"line {number}")
        else:
            yield from json_records(value, document.name, f"line {number}")
