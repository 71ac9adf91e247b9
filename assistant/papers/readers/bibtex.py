"""Reader of BibTeX and BibLaTeX, one entry at a time."""

import logging
import re
from collections.abc import Iterator

from assistant.papers.document import Document
from assistant.papers.parsing.author_names import natural_name
from assistant.papers.parsing.latex import typeset, without_braces
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line, without_tags
from assistant.papers.record import Record, Skipped

NAME = "BibTeX"

_ENTRY = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_REFERENCE = re.compile(r"^\s*@\s*(?!comment|string|preamble)[A-Za-z]+\s*\{[^{}=\"]*,", re.I | re.M)
_LONGEST_ENTRY = 1_000_000
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OTHERS = "others"

# It tells of every entry that is malformed, and so does the report.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def recognises(document: Document) -> bool:
    """Tell by the first line of an entry."""
    return _REFERENCE.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Return a paper an entry; an entry that is malformed does not spoil those after it."""
    macros: dict[str, str] = {}
    for number, text in _entries(document):
        yield from _records(text, macros, document.name, f"line {number}")


def _entries(document: Document) -> Iterator[tuple[int, str]]:
    """Return each stretch that begins with an entry in a new line, with that line's number."""
    first, lines, size = 1, list[str](), 0
    for number, line in enumerate(document.lines(), start=1):
        if _ENTRY.match(line) or size > _LONGEST_ENTRY:
            yield first, "\n".join(lines)
            first, lines, size = number, [], 0
        lines.append(line)
        size += len(line)
    yield first, "\n".join(lines)


def _records(text: str, macros: dict[str, str], source: str, where: str) -> Iterator[Record]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import RemoveEnclosingMiddleware

    try:
        parsed = parse_string(text, parse_stack=[RemoveEnclosingMiddleware()])
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError):
        # Not what the parser means to raise, but what some malformed entries make it.
        yield Skipped(source, "a malformed entry", where)
        return
    macros.update({macro.key.casefold(): str(macro.value) for macro in parsed.strings})
    for entry in parsed.entries:
        fields = {field.key.casefold(): str(field.value) for field in entry.fields}
        values = {name: macros.get(value.casefold(), value) for name, value in fields.items()}
        yield _record(values, source, one_line(entry.key) or where)
    for _ in parsed.failed_blocks:
        yield Skipped(source, "a malformed entry", where)


def _record(fields: dict[str, str], source: str, where: str) -> Record:
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or fields.get("eprintclass", "")
    eprint = fields.get("eprint", "") if kind.casefold() in ("", "arxiv") else ""
    return make_record(
        source,
        where,
        title=fields.get("title"),
        abstract=fields.get("abstract"),
        authors=_authors(fields.get("author", "")),
        year=fields.get("year") or fields.get("date"),
        url=without_braces(fields.get("url") or fields.get("howpublished", "")),
        doi=without_braces(fields.get("doi", "")),
        arxiv_id=eprint or fields.get("arxivid") or fields.get("arxiv"),
        clean=_clean,
    )


def _clean(text: str) -> str:
    return one_line(typeset(without_tags(text)))


def _authors(text: str) -> Iterator[str]:
    """Return the names between the ``and`` that stand in no braces, first names first."""
    for name in _names(text):
        if name.casefold() != _OTHERS:
            # Of a name in braces of its own no comma is meant to part last and first name.
            is_whole = name.startswith("{") and name.endswith("}")
            yield name if is_whole else natural_name(name)


def _names(text: str) -> Iterator[str]:
    name: list[str] = []
    depth = 0
    for part in _AND.split(text):
        name.append(part)
        depth += part.count("{") - part.count("}")
        if depth == 0:
            yield " and ".join(name).strip()
            name = []
    if name:
        yield " and ".join(name).strip()
