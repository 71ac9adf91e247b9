"""Reader of Markdown notes: a heading with the title, then authors and such, then the abstract.

If the file has a heading or label "Abstract", only text under one is an abstract. Otherwise the
text under a heading is one if it is long enough.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from assistant.papers.files.document import Document
from assistant.papers.parsing.fields.columns import Column, column_of
from assistant.papers.parsing.fields.labels import labelled_fields, split_label
from assistant.papers.parsing.markdown_text import plain_text, without_links
from assistant.papers.readers.notes import record_from_labels
from assistant.papers.record import Record

NAME = "Markdown notes"
EXTENSIONS = (".md",)
RECOGNISED_BY = "a heading, or front matter with a title"
READS = (
    "under each heading: fields with a label, or in a line of names, year and link; the "
    'abstract is the text under a heading "Abstract", or 40 words or more of prose'
)

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_FRONT_MATTER_FENCE = "---"
_URL = re.compile(r"https?://[^\s<>()\[\]]+")
_LINK_TARGET = re.compile(r"\]\(<(https?://[^<>]*)>\)")
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\|)")
_YEAR = re.compile(r"[12][0-9]{3}")
_NAME = re.compile(r"[^\d@]{2,60}")
_SENTENCE_END = (".", "!", "?", ":")
# The shortest text under a heading that is taken for an abstract without being labelled as one.
_ABSTRACT_WORDS = 40


@dataclass(slots=True)
class _Section:
    """A heading and the lines under it, up to the next heading."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Return whether there is a heading, or front matter with a title."""
    lines = document.start.split("\n")
    return any(map(_HEADING.fullmatch, lines)) or "title" in _front_matter(lines)


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in order. A heading without an abstract is not a paper."""
    lines = document.text().split("\n")
    front = _front_matter(lines)
    papers = [
        (line, fields) for line, fields in _candidates(lines, front) if fields.get("abstract")
    ]
    for number, (line, fields) in enumerate(papers):
        # Front matter describes the first paper.
        merged = {**fields, **front} if number == 0 else fields
        yield record_from_labels(merged, document.name, f"line {line}")


def _front_matter(lines: list[str]) -> dict[Column, str]:
    """Return the fields of the YAML front matter, between two ``---`` lines at the beginning."""
    if not lines or lines[0].strip() != _FRONT_MATTER_FENCE:
        return {}
    end = next(
        (n for n, line in enumerate(lines[1:], start=1) if line.strip() == _FRONT_MATTER_FENCE), 0
    )
    fields = labelled_fields(lines[1:end])
    return {column: text.strip("\"'[]>| ") for column, text in fields.items() if text}


def _candidates(
    lines: list[str], front: dict[Column, str]
) -> Iterator[tuple[int, dict[Column, str]]]:
    """Yield the line number and the fields of each heading that may be a title."""
    before, *sections = _sections(lines)
    before.heading = front.get("title", "")
    fields = [labelled_fields(section.lines) for section in sections]
    allow_unlabelled = not any(map(_is_abstract, sections)) and not any(
        "abstract" in f for f in fields
    )
    line, described = before.line, _fields(before, allow_unlabelled)
    for section in sections:
        if _is_abstract(section):
            described["abstract"] = " ".join(map(plain_text, _paragraphs(section.lines)))
        else:
            yield line, described
            line, described = section.line, _fields(section, allow_unlabelled)
    yield line, described


def _sections(lines: list[str]) -> list[_Section]:
    """Return the text before the first heading and the sections, without fenced code."""
    sections = [_Section(heading="", line=1)]
    is_code = False
    for number, line in enumerate(lines, start=1):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and (heading := _HEADING.fullmatch(line)):
            sections.append(_Section(plain_text(heading.group(2)), number))
        elif not is_code:
            sections[-1].lines.append(line)
    return sections


def _is_abstract(section: _Section) -> bool:
    return column_of(section.heading) == "abstract"


def _fields(section: _Section, allow_unlabelled: bool) -> dict[Column, str]:
    """Return the fields of the paper that the heading of a section names."""
    fields = {column: plain_text(text) for column, text in labelled_fields(section.lines).items()}
    paragraphs = _paragraphs(section.lines)
    # Authors, year and link are often in a paragraph of their own, which is not a sentence.
    has_facts = bool(paragraphs) and not paragraphs[0].endswith(_SENTENCE_END)
    if has_facts and (len(paragraphs) > 1 or not allow_unlabelled):
        fields = {**_facts(paragraphs.pop(0)), **fields}
    prose = " ".join(map(plain_text, paragraphs))
    if allow_unlabelled and (fields or len(prose.split()) >= _ABSTRACT_WORDS):
        fields["abstract"] = prose
    return {**fields, "title": section.heading}


def _facts(paragraph: str) -> dict[Column, str]:
    """Return the fields in a paragraph such as ``A. Frost, 2021, [...](...)``."""
    fields: dict[Column, str] = {}
    # Prefer the target of a link: the URL in its text may have backslash escapes.
    if address := _LINK_TARGET.search(paragraph) or _URL.search(paragraph):
        fields["url"] = fields["doi"] = address.group(address.lastindex or 0)
    parts = [
        part.strip(" .()") for part in re.split(r"[,;·|]", plain_text(without_links(paragraph)))
    ]
    if year := next((part for part in parts if _YEAR.fullmatch(part)), None):
        fields["year"] = year
    if names := [part for part in parts if _NAME.fullmatch(part)]:
        fields["authors"] = "; ".join(names)
    return fields


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the paragraphs in Markdown, except lists, tables and labelled ones."""
    paragraphs = [" ".join(group) for group in _groups(lines)]
    return [
        paragraph
        for paragraph in paragraphs
        if not _LIST_OR_TABLE.match(paragraph) and not _has_label(paragraph)
    ]


def _groups(lines: list[str]) -> Iterator[list[str]]:
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            yield list(group)


def _has_label(paragraph: str) -> bool:
    label = split_label(paragraph)
    return label is not None and column_of(label[0]) is not None
