"""Records of lines that begin with a tag, which RIS and PubMed's NBIB have in common."""

import re
from collections.abc import Callable, Iterable, Iterator

# The tag stands in four columns, then a dash: "TI  - " in RIS, "TI  - " and "PMID- " in NBIB.
_TAGGED = re.compile(r"\s{0,3}([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)")

Fields = dict[str, list[str]]


def tagged_records(
    lines: Iterable[str], begins: str, ends: Callable[[str], bool]
) -> Iterator[tuple[int, Fields]]:
    """Return the records with the numbers of their first lines, each tag with its values.

    A line without a tag goes on from the line before.

    Args:
        lines: of the file.
        begins: the tag of a record's first line.
        ends: tells the line after a record's last.
    """
    first, fields, tag = 0, Fields(), ""
    for number, line in enumerate(lines, start=1):
        tagged = _TAGGED.fullmatch(line)
        if ends(line) or (tagged and tagged.group(1) == begins):
            if fields:
                yield first, fields
            first, fields, tag = number, Fields(), ""
        if ends(line):
            continue
        if tagged:
            tag = tagged.group(1)
            fields.setdefault(tag, []).append((tagged.group(2) or "").strip())
        elif tag:
            fields[tag][-1] += f" {line.strip()}"
    if fields:
        yield first, fields


def first_value(fields: Fields, *tags: str) -> str:
    """Return the first value that is not blank of the first tag that has one; else nothing."""
    return next((value for tag in tags for value in fields.get(tag, ()) if value.strip()), "")
