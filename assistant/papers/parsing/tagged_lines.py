"""Parsing records of tagged lines, as in RIS and PubMed's NBIB."""

import re
from collections.abc import Callable, Container, Iterable, Iterator

# A tag padded to four columns, then a dash: "TI  - " in RIS, "TI  - " and "PMID- " in NBIB.
_TAGGED = re.compile(r"\s{0,3}(([A-Za-z][A-Za-z0-9]{1,3}) {0,2})-(?: (.*)|$)")
_COLUMNS = 4

Fields = dict[str, list[str]]


def tagged_records(
    lines: Iterable[str],
    first_tag: str,
    is_end: Callable[[str], bool],
    *,
    lists: Container[str] = (),
    always_first: bool = True,
) -> Iterator[tuple[int, Fields]]:
    """Yield each record as the number of its first line and the values by tag.

    A line without a tag continues the line before it. Something that looks like a tag is not one if
    its dash is in the wrong column, or its case differs from that of the record's first tag: a
    wrapped line may begin with "AI - based".

    Args:
        lines: the lines of the file.
        first_tag: the tag of a record's first line; it may be in lower case in the file.
        is_end: returns whether a line ends a record.
        lists: tags whose unindented continuation lines are further values.
        always_first: whether no other tag comes before the first one in a record.
    """
    first, fields, tag, is_upper, column = 0, Fields(), "", True, _COLUMNS
    for number, line in enumerate(lines, start=1):
        tagged = _TAGGED.fullmatch(line)
        name = tagged.group(2) if tagged else ""
        is_first = (
            name.upper() == first_tag
            and (name.isupper() or name.islower())
            and (always_first or first_tag in fields)
        )
        if is_end(line) or is_first:
            if fields:
                yield first, fields
            first, fields, tag = number, Fields(), ""
        if is_end(line):
            continue
        if tagged and (is_first or not fields):
            first, is_upper, column = number, name.isupper(), len(tagged.group(1))
        if (
            tagged
            and len(tagged.group(1)) in (column, _COLUMNS)
            and (name == name.upper() if is_upper else name == name.lower())
        ):
            tag = name.upper()
            fields.setdefault(tag, []).append((tagged.group(3) or "").strip())
        elif tag in lists and line.strip() and not line[0].isspace():
            fields[tag].append(line.strip())
        elif tag:
            fields[tag][-1] += f" {line.strip()}"
    if fields:
        yield first, fields


def first_value(fields: Fields, *tags: str) -> str:
    """Return the first non-blank value of the first tag that has one; empty if none has."""
    return next((value for tag in tags for value in fields.get(tag, ()) if value.strip()), "")
