"""Reader of Markdown notes: a heading with the title, then what is known, then the abstract.

Where any heading or label says "Abstract", only what stands under one counts. Elsewhere the text
under a heading is the abstract if it is as long as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from assistant.papers.document import Document
from assistant.papers.parsing.columns import Column, column_of
from assistant.papers.parsing.labels import labelled_fields, split_label
from assistant.papers.parsing.markdown_text import plain_text, without_links
from assistant.papers.readers.notes import record_from_labels
from assistant.papers.record import Record

NAME = "Markdown notes"

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_FRONT = "---"
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_TARGET = re.compile(r"\]\(<(https?://[^<>]*)>\)")
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\|)")
_YEAR = re.compile(r"[12][0-9]{3}")
_NAME = re.compile(r"[^\d@]{2,60}")
_SENTENCE_END = (".", "!", "?", ":")
# Without "Abstract" anywhere, so many words under a heading are taken for one.
_ABSTRACT_WORDS = 40


@dataclass(slots=True)
class _Section:
    """A heading with what stands under it, up to the next."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Tell by a heading, or by front matter with a title."""
    lines = document.start.split("\n")
    return any(map(_HEADING.fullmatch, lines)) or "title" in _front_matter(lines)


def read(document: Document) -> Iterator[Record]:
    """Return the papers in order; a heading without an abstract is none."""
    lines = document.text().split("\n")
    front = _front_matter(lines)
    papers = [(line, fields) for line, fields in _described(lines, front) if fields.get("abstract")]
    for number, (line, fields) in enumerate(papers):
        # What stands at the top of a file is of its first paper.
        known = {**fields, **front} if number == 0 else fields
        yield record_from_labels(known, document.name, f"line {line}")


def _front_matter(lines: list[str]) -> dict[Column, str]:
    """Return the fields between two lines of dashes at the very beginning."""
    if not lines or lines[0].strip() != _FRONT:
        return {}
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == _FRONT), 0)
    fields = labelled_fields(lines[1:end])
    return {column: text.strip("\"'[]>| ") for column, text in fields.items() if text}


def _described(
    lines: list[str], front: dict[Column, str]
) -> Iterator[tuple[int, dict[Column, str]]]:
    """Return the line of each heading that may be a title, with what is said of that paper."""
    before, *sections = _sections(lines)
    before.heading = front.get("title", "")
    fields = [labelled_fields(section.lines) for section in sections]
    prose_counts = not any(map(_is_abstract, sections)) and not any("abstract" in f for f in fields)
    line, described = before.line, _fields(before, prose_counts)
    for section in sections:
        if _is_abstract(section):
            described["abstract"] = " ".join(map(plain_text, _paragraphs(section.lines)))
        else:
            yield line, described
            line, described = section.line, _fields(section, prose_counts)
    yield line, described


def _sections(lines: list[str]) -> list[_Section]:
    """Return what stands before the first heading, and the sections; code is left out."""
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


def _fields(section: _Section, prose_counts: bool) -> dict[Column, str]:
    """Return what a section says of the paper that its heading names."""
    fields = {column: plain_text(text) for column, text in labelled_fields(section.lines).items()}
    paragraphs = _paragraphs(section.lines)
    # Authors, year and link often stand in a paragraph of their own, which is no sentence.
    has_facts = bool(paragraphs) and not paragraphs[0].endswith(_SENTENCE_END)
    if has_facts and (len(paragraphs) > 1 or not prose_counts):
        fields = {**_facts(paragraphs.pop(0)), **fields}
    prose = " ".join(map(plain_text, paragraphs))
    if prose_counts and (fields or len(prose.split()) >= _ABSTRACT_WORDS):
        fields["abstract"] = prose
    return {**fields, "title": section.heading}


def _facts(paragraph: str) -> dict[Column, str]:
    """Return what a paragraph such as ``A. Frost, 2021, [...](...)`` says."""
    fields: dict[Column, str] = {}
    # What a link shows of an address may have backslashes that do not belong to it.
    if address := _TARGET.search(paragraph) or _ADDRESS.search(paragraph):
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
    """Return the paragraphs as they are written, without those of labels, lists and tables."""
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
