"""Reader of YAML: citation files of software (CITATION.cff) and lists of references."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.papers.files.document import Document
from assistant.papers.parsing.fields.columns import columns_of
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.yaml_text import decode_yaml
from assistant.papers.readers.json_records import json_records
from assistant.papers.readers.json_records.values import as_object, as_objects, as_text, texts_in
from assistant.papers.record import Record, Skipped

NAME = "YAML of references, or a CITATION.cff"
EXTENSIONS = (".cff", ".yaml", ".yml")
RECOGNISED_BY = (
    "a line `cff-version:`, `references:` or, in a list, `- title:` or `- id:`; keys of a paper; "
    "entries with a `parent:` or `serial-number:` (Hayagriva)"
)
READS = "all fields; from a CITATION.cff the paper that it prefers, else the software itself"

_CITATION_FILE = "cff-version"
_BEGINNING = re.compile(
    rf"^(?:{_CITATION_FILE}:|references:\s*$|-\s+(?:title|id|citation-key|type):"
    # Each line is matched in one way only, so that the search takes linear time.
    r"|[\w:./-]+:[ \t]*\n(?:[ \t]+\S.*\n|[ \t]*\n)*?[ \t]+(?:parent|serial-number|page-range):)",
    re.MULTILINE,
)
_KEY = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
_NEXT_DOCUMENT = re.compile(r"^---\s*$", re.MULTILINE)
# The settings of a website have a title and an author, too.
_OF_PAPERS = frozenset(("abstract", "doi"))
# They may also have an abstract, but then none of these.
_BESIDES_ABSTRACT = frozenset(("authors", "year", "doi", "arxiv_id"))
_NO_PAPER = "a title and an abstract, but no authors, year or id"
_LISTS = ("references", "papers", "publications")


def recognises(document: Document) -> bool:
    """Return whether the document begins like a citation file or a list of references."""
    start = document.start.lstrip()
    if start.startswith(("{", "[", "<", "@", "#!")):
        return False
    return _BEGINNING.search(start) is not None or _is_one_paper(start)


def _is_one_paper(start: str) -> bool:
    """Return whether the keys at the beginning of lines are those of a paper.

    Notes with labels look alike, but are no valid YAML, or several have the same labels.
    """
    first = _NEXT_DOCUMENT.split(start)[0]
    keys = _KEY.findall(first)
    columns = columns_of(keys)
    return (
        _KEY.match(first) is not None
        and len(set(keys)) == len(keys)
        and "title" in columns
        and bool(columns.keys() & _OF_PAPERS)
        and isinstance(decode_yaml(first.rpartition("\n")[0]), dict)
    )


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in order."""
    value = decode_yaml(document.text())
    if value is None:
        yield Skipped(document.name, "not valid YAML")
        return
    fields = as_object(value)
    if _CITATION_FILE in fields:
        yield _citation(fields, document.name)
        return
    columns = columns_of(fields)
    if "title" in columns and not columns.keys() & _BESIDES_ABSTRACT:
        # Recognised all the same: it would else be read as notes with labels.
        yield Skipped(document.name, _NO_PAPER)
        return
    found = next((fields[name] for name in _LISTS if name in fields), value)
    yield from json_records(found, document.name, "")


def _citation(fields: Mapping[str, Any], source: str) -> Record:
    preferred = as_object(fields.get("preferred-citation"))
    work = preferred if preferred.get("title") else fields
    ids = {
        one.get("type"): as_text(one.get("value")) for one in as_objects(work.get("identifiers"))
    }
    date = as_text(work.get("date-published")) or as_text(work.get("date-released"))
    venue = as_object(work.get("conference")) or as_object(work.get("collection"))
    ends = filter(None, (as_text(work.get("start")), as_text(work.get("end"))))
    return make_record(
        source,
        "the citation",
        title=as_text(work.get("title")),
        abstract=as_text(work.get("abstract")),
        authors=names_of(work.get("authors")),
        year=as_text(work.get("year")) or date,
        url=as_text(work.get("url")) or as_text(work.get("repository-code")),
        doi=as_text(work.get("doi")) or ids.get("doi"),
        type=type_of(work.get("type")) if work is preferred else "other",
        venue=as_text(work.get("journal")) or as_text(venue.get("name")),
        published=date,
        volume=as_text(work.get("volume")),
        issue=as_text(work.get("issue")),
        pages="-".join(ends),
        publisher=as_text(as_object(work.get("publisher")).get("name")),
        keywords=texts_in(work.get("keywords")),
        ids={"isbn": as_text(work.get("isbn")) or "", "issn": as_text(work.get("issn")) or ""},
    )
