"""Reader of JSON Lines: one object a line with `title`, `abstract` and whatever else is known."""

import json
import re
from collections.abc import Callable
from typing import Any

from assistant.errors import InputError
from assistant.papers.identifiers import bare_arxiv_id, bare_doi
from assistant.papers.paper import Paper

NAME = "JSON Lines"

_YEAR = re.compile(r"[0-9]{4}")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


def recognises(text: str) -> bool:
    """Tell whether the first line that is not blank opens a JSON object."""
    return text.lstrip().startswith("{")


def read(text: str, source: str) -> list[Paper]:
    """Return one paper a line; blank lines are skipped.

    Raises:
        InputError: a line is not a JSON object, or has no title or no abstract.
    """
    # Not splitlines: it also splits at separators that JSON allows inside a text, such as U+2028.
    return [
        _paper(line, number, source)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _paper(line: str, number: int, source: str) -> Paper:
    where = f"{source}, line {number}"
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not valid JSON ({error.msg}). Correct it and retry.") from error
    if not isinstance(fields, dict):
        raise InputError(f"{where}: expected an object with `title` and `abstract`.")
    if _HALF_CHARACTER.search(json.dumps(fields, ensure_ascii=False)):
        raise InputError(
            f"{where}: half of a surrogate pair (\\ud800 to \\udfff) stands alone. "
            "Correct or delete it and retry."
        )
    return Paper(
        title=_required(fields, "title", where),
        abstract=_required(fields, "abstract", where),
        authors=_authors(fields.get("authors"), where),
        year=_year(fields.get("year"), where),
        url=_optional(fields.get("url")),
        doi=_optional(fields.get("doi"), bare_doi),
        arxiv_id=_optional(fields.get("arxiv_id"), bare_arxiv_id),
        source=source,
    )


def _required(fields: dict[str, Any], name: str, where: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: `{name}` is missing. Each paper needs a title and an abstract.")
    return " ".join(value.split())


def _optional(value: object, bare: Callable[[str], str] = str.strip) -> str | None:
    return None if value is None else bare(str(value)) or None


def _authors(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(" and ") if name.strip())
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(name.strip() for name in value)
    raise InputError(f'{where}: `authors` must be a list of names or one "A and B" text.')


def _year(value: object, where: str) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip()
    if not _YEAR.fullmatch(text):
        raise InputError(f"{where}: `year` must be a year such as 2024, not {value!r}.")
    return int(text)
