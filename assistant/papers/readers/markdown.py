"""Reader of Markdown notes: a heading with the title, then authors and the like, then the abstract.

If the file has a heading, label or callout "Abstract", only text under one is an abstract.
Otherwise, text under a heading is an abstract if it is long enough and there is a year or an id.
Front matter describes the first paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.columns import Column, column_of, columns_of
from assistant.papers.parsing.fields.labels import labelled_fields, split_label
from assistant.papers.parsing.markdown_text import plain_text, without_links, without_wiki_links
from assistant.papers.parsing.yaml_text import front_matter
from assistant.papers.readers.json_records import plain_fields
from assistant.papers.readers.json_records.values import as_text
from assistant.papers.readers.notes import record_from_labels
from assistant.papers.record import Record

NAME = "Markdown notes"
EXTENSIONS = (".md",)
RECOGNISED_BY = "a heading, or front matter with a title"
READS = (
    "all fields of the front matter; under each heading: fields with a label, or in a line of "
    'names, year and link; the abstract is the text under a heading or callout "Abstract", or 40 '
    "words or more of prose under a year or id"
)

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
# Obsidian's callouts: "> [!abstract] Title", then quoted lines.
_CALLOUT = re.compile(r"\s{0,3}>\s*\[!([\w-]+)\][+-]?\s*(.*)")
_QUOTED = re.compile(r"\s{0,3}>\s?(.*)")
_URL = re.compile(r"https?://[^\s<>()\[\]]+")
_LINK_TARGET = re.compile(r"\]\(<(https?://[^<>]*)>\)")
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\|)")
_YEAR = re.compile(r"[12][0-9]{3}")
_NAME = re.compile(r"[^\d@]{2,60}")
_SENTENCE_END = (".", "!", "?", ":")
# The minimum length of text under a heading that is taken for an abstract without a label.
_ABSTRACT_WORDS = 40


@dataclass(slots=True)
class _Section:
    """A heading and the lines under it, up to the next heading; or a callout."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)
    is_callout: bool = False


def recognises(document: Document) -> bool:
    """Return whether there is a heading or a callout, or front matter with a title."""
    lines = document.start.split("\n")
    if any(_HEADING.fullmatch(line) or _CALLOUT.fullmatch(line) for line in lines):
        return True
    return "title" in columns_of(front_matter(lines)[0])


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in order. A heading without an abstract is not a paper."""
    lines = document.text().split("\n")
    found, length = front_matter(lines)
    front = {name: _plain_value(value) for name, value in found.items() if value}
    known = columns_of(front)
    title = as_text(front[known["title"]]) if "title" in known else None
    papers = [
        (line, fields)
        for line, fields in _candidates(lines[length:], title or "")
        if fields.get("abstract")
    ]
    if "abstract" in known or (title and not papers):
        yield plain_fields.read(front, document.name, "line 1")
    elif front and papers:
        (line, fields), *papers = papers
        others: dict[str, object] = {
            name: text for name, text in fields.items() if name not in known
        }
        yield plain_fields.read({**others, **front}, document.name, f"line {line + length}")
    for line, fields in papers:
        if fields.get("title"):
            yield record_from_labels(fields, document.name, f"line {line + length}")


def _plain_value(value: object) -> object:
    """Return a front matter value without Markdown.

    In YAML, an unquoted link ``[[...]]`` is a nested list.
    """
    if isinstance(value, str):
        return plain_text(without_wiki_links(value))
    if isinstance(value, list):
        return [_plain_value(_as_link(one)) for one in value]
    return value


def _as_link(value: object) -> object:
    text = value
    while isinstance(text, list) and len(text) == 1:
        text = text[0]
    return f"[[{text}]]" if isinstance(value, list) and isinstance(text, str) else value


def _candidates(lines: list[str], title: str) -> Iterator[tuple[int, dict[Column, str]]]:
    """Yield the line number and the fields of each heading that may be a title."""
    before, *sections = _sections(lines)
    before.heading = title
    labelled = [labelled_fields(section.lines) for section in (before, *sections)]
    allow_unlabelled = (
        not title
        and not any(map(_is_abstract, sections))
        and not any("abstract" in fields for fields in labelled)
    )
    line, described = before.line, _fields(before, allow_unlabelled)
    for section in sections:
        if _is_abstract(section):
            if _is_only_summary(section) and not title and not _has_evidence(described):
                continue
            described["abstract"] = " ".join(map(plain_text, _paragraphs(section.lines)))
        elif section.is_callout:
            described = {**_labelled(section.lines), **_known(described)}
        else:
            yield line, described
            line, described = section.line, _fields(section, allow_unlabelled)
    yield line, described


def _sections(lines: list[str]) -> list[_Section]:
    """Return the text before the first heading and the sections, without fenced code."""
    sections = [_Section(heading="", line=1)]
    # The text after a callout belongs to the enclosing section.
    around = sections[0]
    is_code = False
    for number, line in enumerate(lines, start=1):
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            continue
        elif heading := _HEADING.fullmatch(line):
            around = _Section(plain_text(heading.group(2)), number)
            sections.append(around)
        elif callout := _CALLOUT.fullmatch(line):
            kind, title = callout.groups()
            name = title if column_of(title) == "abstract" else kind
            sections.append(_Section(name, number, is_callout=True))
        elif sections[-1].is_callout and (quoted := _QUOTED.fullmatch(line)):
            sections[-1].lines.append(quoted.group(1))
        elif sections[-1].is_callout and sections[-1].lines and not line.strip():
            # The end of the callout.
            if around is not sections[-1]:
                sections.append(_Section("", number, is_callout=True))
        else:
            around.lines.append(line)
    return sections


def _is_abstract(section: _Section) -> bool:
    return column_of(section.heading) == "abstract"


def _is_only_summary(section: _Section) -> bool:
    """Return whether the possible abstract is called a summary, as in many other documents."""
    headings = [f"{section.heading}:"] if _is_abstract(section) else []
    labels = (split_label(line) for line in [*headings, *section.lines])
    names = {label[0].casefold() for label in labels if label and column_of(label[0]) == "abstract"}
    return bool(names) and "abstract" not in names


def _fields(section: _Section, allow_unlabelled: bool) -> dict[Column, str]:
    """Return the fields of the paper that the heading of a section names."""
    fields = _labelled(section.lines)
    if _is_only_summary(section) and not _has_evidence(fields) and "authors" not in fields:
        fields.pop("abstract", None)
    paragraphs = _paragraphs(section.lines)
    # Authors, year and link are often in a separate paragraph, which is not a sentence.
    has_facts = bool(paragraphs) and not paragraphs[0].endswith(_SENTENCE_END)
    if has_facts and (len(paragraphs) > 1 or not allow_unlabelled):
        fields = {**_facts(paragraphs.pop(0)), **fields}
    prose = " ".join(map(plain_text, paragraphs))
    # Evidence is required, since any document has headings with prose under them.
    if allow_unlabelled and _has_evidence(fields) and len(prose.split()) >= _ABSTRACT_WORDS:
        fields["abstract"] = prose
    return {**fields, "title": section.heading or fields.get("title", "")}


def _has_evidence(fields: dict[Column, str]) -> bool:
    """Return whether there is a year or a paper id."""
    address = f"{fields.get('url', '')} {fields.get('doi', '')} {fields.get('arxiv_id', '')}"
    return bool(fields.get("year") or find_doi(address) or find_arxiv_id(address))


def _labelled(lines: list[str]) -> dict[Column, str]:
    return {
        column: plain_text(without_wiki_links(text))
        for column, text in labelled_fields(lines).items()
    }


def _known(fields: dict[Column, str]) -> dict[Column, str]:
    return {column: text for column, text in fields.items() if text}


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
    """Return the Markdown paragraphs, except lists, tables and labelled paragraphs."""
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
