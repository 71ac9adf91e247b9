"""Reader of JSON files: a list of papers, or an API response that contains papers."""

from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.readers.json_records import (
    NAMED_SCHEMAS,
    json_records,
    papers_before_damage,
)
from assistant.papers.record import Record, Skipped

NAME = "JSON"
EXTENSIONS = (".json",)
RECOGNISED_BY = "`{` or `[`"
READS = (
    "all fields, in a list or in an object around one; under the names that people use, and in the "
    f"schemas of {', '.join(sorted((schema.NAME for schema in NAMED_SCHEMAS), key=str.casefold))}"
)


def recognises(document: Document) -> bool:
    """Return whether the text begins with an object, or a list of objects or lists."""
    start = document.start.lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in ("{", "["))


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in order. The whole text is loaded into memory."""
    text = document.text()
    try:
        value = decode_json(text)
    except InvalidJsonError as error:
        yield from papers_before_damage(text, document.name)
        yield Skipped(document.name, str(error))
    else:
        yield from json_records(value, document.name, "")
