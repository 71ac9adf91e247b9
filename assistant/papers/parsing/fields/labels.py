"""Parsing labelled lines, such as ``Authors: Ada Frost`` and ``**Year:** 2021``."""

import re
from collections.abc import Iterable

from assistant.papers.parsing.fields.columns import Column, column_of

_LABELLED = re.compile(
    r"\s{0,3}(?:[-*+>]\s+)?[*_]{0,3}([A-Za-z][A-Za-z ()]{0,30}?)[*_]{0,3}"
    r"::?[*_]{0,3}(?:\s+(.*)|\s*)"
)
# Labels that end the field before them. Other unknown labels may be part of an abstract, such as
# "Results: ...".
_OTHER_LABELS = frozenset(
    "keywords tags notes note comments comment subjects categories venue journal conference "
    "publisher status rating citation citations bibtex code".split()
)
# Packages and people have names and summaries too.
_OTHER_TITLES = frozenset(("name",))


def split_label(line: str) -> tuple[str, str] | None:
    """Split a line into its label and the text after it; None if it has no label."""
    found = _LABELLED.fullmatch(line)
    return (found.group(1), (found.group(2) or "").strip()) if found else None


def labelled_fields(lines: Iterable[str]) -> dict[Column, str]:
    """Return the labelled fields in some lines.

    A line without a label continues the field before it. After a blank line, only an abstract
    continues.
    """
    fields: dict[Column, str] = {}
    column: Column | None = None
    for line in lines:
        label, text = split_label(line) or ("", line)
        if label.casefold() in _OTHER_TITLES:
            column = None
        elif label and column_of(label):
            column = column_of(label)
        elif label.casefold() in _OTHER_LABELS or (
            column != "abstract" and (label or not line.strip())
        ):
            column = None
        else:
            text = line
        if column:
            # Some programs write one line per author.
            separator = ";" if column == "authors" and label and fields.get(column) else ""
            fields[column] = f"{fields.get(column, '')}{separator} {text}".strip()
    return fields
