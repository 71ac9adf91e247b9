"""Parse records of tagged lines, as in RIS and PubMed's NBIB."""

import re
from collections.abc import Callable, Iterable, Iterator

# A tag padded to four columns, then a dash: "TI  - " in RIS, "TI  - " and "PMID- " in NBIB.
_TAGGED = re.compile(r"\s{0,3}([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)")

Fields = dict[str, list[str]]


def tagged_records(
    lines: Iterable[str], first_tag: str, is_end: Callable[[str], bool]
) -> Iterator[tuple[int, Fields]]:
    """Yield each record as the number of its first line and the values by tag.

    A line without a tag continues the line before it.

    Args:
        lines: of the file.
        first_tag: the tag of a record's first line.
        is_end: returns whether a line ends a record.
    """
    first, fields, tag = 0, Fields(), ""
    for number, line in enumerate(lines, start=1):
        tagged = _TAGGED.fullmatch(line)
        if is_end(line) or (tagged and tagged.group(1) == first_tag):
            if fields:
                yield first, fields
            first, fields, tag = number, Fields(), ""
        if is_end(line):
            continue
        if tagged:
            tag = tagged.group(1)
            fields.setdefault(tag, []).append((tagged.group(2) or "").strip())
        elif tag:
            fields[tag][-1] += f" {line.strip()}"
    if fields:
        yield first, fields


def first_value(fields: Fields, *tags: str) -> str:
    """Return the first non-blank value of the first tag that has one; empty if none has."""
    return next((value for tag in tags for value in fields.get(tag, ()) if value.strip()), "")
