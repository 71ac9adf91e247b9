"""Reader of BibTeX and BibLaTeX."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from assistant.papers.extra_fields import is_address
from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import valid_arxiv_id
from assistant.papers.names import Name
from assistant.papers.parsing.bibtex.inheritance import (
    RawEntry,
    key_of,
    referenced_keys,
    with_inherited,
)
from assistant.papers.parsing.bibtex.names import is_one_group, names_of
from assistant.papers.parsing.bibtex.repairs import repaired
from assistant.papers.parsing.bibtex.values import field_value
from assistant.papers.parsing.fields.author_names import person_name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.titles import with_subtitle
from assistant.papers.parsing.latex.text import typeset, verbatim
from assistant.papers.parsing.markup.text import without_tags
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.bibtex import ID_FIELDS, NOTE_MARK, NOTE_SOURCE

if TYPE_CHECKING:
    from bibtexparser.model import Entry

NAME = "BibTeX"
EXTENSIONS = (".bib",)
RECOGNISED_BY = "an entry such as `@article{key,`"
READS = (
    "all fields, `eprint` as the arXiv id; also by way of `@string`, and from the entries that "
    "`crossref` and `xdata` name"
)

# The brace may be on the next line.
_ENTRY = re.compile(r"[^\S\n]*@[^\S\n]*[A-Za-z]+\s*[{(]")
_LINE_BREAK_IN_HEAD = re.compile(r"\A(\s*@\s*[A-Za-z]+)\s*\n\s*(?=[{(])")
_REFERENCE = re.compile(
    r"^\s*@\s*(?!comment|string|preamble)[A-Za-z]+\s*"
    # In parentheses only together with its first field: source code has "@decorator(name, ...".
    r"(?:\{[^{}=\"]*,|\([^(){}=\"\s]*,\s*[A-Za-z]+\s*=\s*(?:[\"{0-9]|\w+\s*#)"
    # Some programs leave out the key.
    r"|\{\s*[A-Za-z]+\s*=\s*[\"{])",
    re.IGNORECASE | re.MULTILINE,
)
MALFORMED = "a malformed entry: a comma, brace or quotation mark is missing"
_MACRO = re.compile(r"\s*@\s*string\b", re.IGNORECASE)
# An entry of this type is not a publication; others inherit its fields.
_CONTAINER = "xdata"
_MAX_ENTRY_CHARACTERS = 1_000_000
_NO_BRACES = str.maketrans("", "", "{}")
_NOTES = ("annote", "annotation")
# The keys of entries that DBLP exports begin with this.
_DBLP = "DBLP:"
_SEMICOLON, _COMMA = re.compile(r"(?<!\{);"), re.compile(r"(?<!\{),")

# The parser logs every malformed entry; they are reported as skipped anyway.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def recognises(document: Document) -> bool:
    """Return whether the document contains the first line of an entry."""
    return _REFERENCE.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per entry. A malformed entry does not affect those after it."""
    parents = _parents(document)
    macros: dict[str, str] = {}
    for number, text in _entries(document):
        where = f"line {number}"
        for entry in _parsed(text, macros):
            if isinstance(entry, _Malformed):
                yield Skipped(document.name, MALFORMED, f"{where}{entry.place}")
            elif entry.type.casefold() != _CONTAINER:
                fields = with_inherited(entry, parents)
                yield _record(fields, entry.type, entry.key, document.name, where)


def _parents(document: Document) -> dict[str, RawEntry]:
    """Return the entries that others inherit fields from, by case-folded key.

    They may come before or after the entries that refer to them.
    """
    keys = {key for _, text in _entries(document) for key in referenced_keys(text)}
    if not keys:
        return {}
    parents: dict[str, RawEntry] = {}
    macros: dict[str, str] = {}
    for _, text in _entries(document):
        if key_of(text) in keys or _MACRO.match(text):
            for entry in _parsed(text, macros):
                if isinstance(entry, RawEntry):
                    parents.setdefault(entry.key.casefold(), entry)
    return parents


def _entries(document: Document) -> Iterator[tuple[int, str]]:
    """Split the text at lines that begin an entry; yield each part with its first line number.

    An overlong part is split regardless, to limit memory.
    """
    first, lines, size = 1, list[str](), 0
    for number, (line, following) in enumerate(pairwise(chain(document.lines(), [""])), start=1):
        if _ENTRY.match(f"{line}\n{following}") or size > _MAX_ENTRY_CHARACTERS:
            yield first, "\n".join(lines)
            first, lines, size = number, [], 0
        lines.append(line)
        size += len(line)
    yield first, "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Malformed:
    """A malformed entry, and the position of the error in it."""

    place: str = ""


def _parsed(text: str, macros: dict[str, str]) -> Iterator[RawEntry | _Malformed]:
    """Yield the entries in a text, and add its macros to those known."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateFieldKeyBlock, Entry

    text = _LINE_BREAK_IN_HEAD.sub(r"\1", text)
    try:
        parsed = parse_string(text, parse_stack=[])
        if parsed.failed_blocks and (other := repaired(text)) != text:
            parsed = parse_string(other, parse_stack=[])
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError):
        # Exceptions that the parser raises for some malformed entries, without documenting them.
        yield _Malformed()
        return
    for macro in parsed.strings:
        macros[macro.key.casefold()] = field_value(str(macro.value), macros) or ""
    for block in parsed.blocks:
        # An entry with a duplicate field is otherwise valid.
        entry = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock) else block
        if isinstance(entry, Entry):
            yield _raw(entry, macros)
        elif block in parsed.failed_blocks:
            yield _Malformed()


def _raw(entry: "Entry", macros: dict[str, str]) -> RawEntry | _Malformed:
    values: dict[str, str] = {}
    for field in entry.fields:
        value = field_value(str(field.value), macros)
        if value is None:
            return _Malformed(f", {field.key} of {one_line(entry.key)}")
        values.setdefault(field.key.casefold(), value)
    return RawEntry(entry.entry_type, entry.key, values)


def _record(
    fields: Mapping[str, str], entry_type: str, key: str, source: str, where: str
) -> Record:
    eprint = _arxiv_eprint(fields)
    key = one_line(key)
    return make_record(
        source,
        key or where,
        title=with_subtitle(fields.get("title"), fields.get("subtitle")),
        abstract=fields.get("abstract"),
        authors=_names(fields.get("author", ""), key),
        year=fields.get("year") or fields.get("date"),
        url=verbatim(fields.get("url") or fields.get("howpublished", "")),
        doi=verbatim(fields.get("doi", "")),
        arxiv_id=eprint or fields.get("arxivid") or fields.get("arxiv"),
        type=_type(fields, entry_type),
        venue=_first(fields, "journal", "journaltitle")
        or with_subtitle(fields.get("booktitle"), fields.get("booksubtitle")),
        published=_date(fields),
        volume=fields.get("volume"),
        issue=_first(fields, "number", "issue"),
        pages=_first(fields, "pages", "eid", "articleno"),
        publisher=_first(fields, "publisher", "school", "institution"),
        keywords=_keywords(_first(fields, "keywords", "author_keywords")),
        citation_key=key,
        language=_first(fields, "langid", "language"),
        editors=_names(fields.get("editor", ""), key),
        ids={kind: verbatim(fields[kind]) for kind in ID_FIELDS if fields.get(kind)},
        extra=_extra(fields),
        clean=_clean,
    )


def _arxiv_eprint(fields: Mapping[str, str]) -> str:
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or fields.get("eprintclass", "")
    return fields.get("eprint", "") if kind.casefold() in ("", "arxiv") else ""


def _extra(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the candidates for extra fields, without the fields that are read as attributes."""
    read = {NOTE_SOURCE}
    if valid_arxiv_id(_arxiv_eprint(fields)):
        read.update(("eprint", "archiveprefix", "eprinttype"))
    if fields.get(NOTE_SOURCE) == NOTE_MARK:
        read.update(_NOTES)
    if is_address(verbatim(fields.get("howpublished", ""))):
        read.add("howpublished")
    read.update(name for name in ("pubstate", "entrysubtype") if type_of(fields.get(name)))
    return {name: text for name, text in fields.items() if name not in read}


def _keywords(text: str) -> list[str]:
    """Split keywords at semicolons or, without any, at commas, but not inside braces."""
    if is_one_group(text) and len(text) > len("{;}"):
        text = text[1:-1]  # Web of Science writes its values in two pairs of braces
    return (_SEMICOLON if _SEMICOLON.search(text) else _COMMA).split(text)


def _first(fields: Mapping[str, str], *names: str) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _type(fields: Mapping[str, str], entry_type: str) -> str | None:
    if fields.get("primaryclass") and entry_type.casefold() in ("misc", "online"):
        return "preprint"  # as in arXiv's own entries
    stated = type_of(fields.get("pubstate")) or type_of(fields.get("entrysubtype"))
    return stated or type_of(entry_type)


def _date(fields: Mapping[str, str]) -> str:
    parts = (fields.get(name, "") for name in ("year", "month", "day"))
    return fields.get("date") or " ".join(filter(None, parts)).translate(_NO_BRACES)


def _names(text: str, key: str) -> Iterator[str | Name]:
    for name in names_of(text, _clean):
        yield person_name(name) if isinstance(name, str) and key.startswith(_DBLP) else name


def _clean(text: str) -> str:
    return one_line(typeset(without_tags(text)))
