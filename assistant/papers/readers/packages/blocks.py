"""The blocks of text of a document, and the abstract among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "authors", "abstract", "heading", "text"]

NO_ABSTRACT = 'no heading "Abstract" found with text under it; copy both into a text file'
NO_TITLE = "no title found; copy the title and abstract into a text file"

_HEADING = re.compile(r"\W*(?:abstract|summary)\W*", re.IGNORECASE)
# The heading may be on the same line as the abstract.
_LABEL = re.compile(r"\s*abstract\s*[:.—–-]+\s*", re.IGNORECASE)
# What follows an abstract, for documents whose headings have no style.
_END = re.compile(
    r"\W*(?:(?:\d{1,2}|I)[.\s]*)?(?:introduction|key\s?-?words|index terms|jel class)",
    re.IGNORECASE,
)
_TITLE_WORDS = 40


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading.

    Attributes:
        text: the text, on one line.
        role: its role according to its style.
    """

    text: str
    role: Role = "text"


def abstract_of(blocks: Sequence[Block]) -> str:
    """Return the abstract: text with that style, or from its heading or label to the next one."""
    styled = " ".join(
        block.text
        for block in blocks
        if block.role == "abstract" and not _HEADING.fullmatch(block.text)
    )
    if styled:
        return _LABEL.sub("", styled, count=1)
    start = _start(blocks)
    if start is None:
        return ""
    parts: list[str] = []
    for block in blocks[start:]:
        if parts and (block.role in ("heading", "title") or _END.match(block.text)):
            break
        if not _HEADING.fullmatch(block.text):
            parts.append(block.text)
    return _LABEL.sub("", " ".join(parts), count=1)


def title_of(blocks: Sequence[Block]) -> str:
    """Return the text with the title style, or else the first short block before the abstract."""
    titles = [block.text for block in blocks if block.role == "title"]
    if titles:
        return titles[0]
    first = next((block.text for block in blocks[: _start(blocks)]), "")
    return first if len(first.split()) <= _TITLE_WORDS else ""


def _start(blocks: Sequence[Block]) -> int | None:
    """Return the index of the block with which or after which the abstract begins."""
    return next(
        (
            number
            for number, block in enumerate(blocks)
            if block.role == "abstract"
            or _HEADING.fullmatch(block.text)
            or (block.role == "text" and _LABEL.match(block.text))
        ),
        None,
    )
