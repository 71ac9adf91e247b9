"""Reader of Hugging Face Papers pages saved or copied as text, and of text with a similar layout.

The paragraphs are separated by blank lines: a title, its abstract, and between papers whatever else
the page displays (menus, dates, "Subscribe"). An abstract is recognised by its length. Its title is
the paragraph before it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from assistant.papers.files.document import Document
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record

NAME = "Hugging Face Papers page (text)"
EXTENSIONS = (".txt",)
RECOGNISED_BY = "a short paragraph before a long one"
READS = "title and abstract; also from other text in this form"

# The longest titles have about 30 words, the shortest abstracts about 40.
_ABSTRACT_WORDS = 40
_SHORT_ABSTRACT_WORDS = 15
_TITLE_WORDS = 40
# A short paragraph after an abstract is its last one if it is a sentence of this many words or more
# and is not the title of the next abstract.
_SENTENCE_WORDS = 4
_SENTENCE = re.compile(r"[\"'(“‘]?[A-Z0-9].*\.[\"')”’]*")
# A sentence that begins with one of these is not a title.
_CONTINUATION = re.compile(
    r"(?:We|Our|This|These|Here|Finally|Moreover|Furthermore|However|Code|The code|Specifically)\b"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def recognises(document: Document) -> bool:
    """Return whether a title is followed by an abstract near the beginning."""
    paragraphs = (one_line(part) for part in _BLANK_LINE.split(document.start))
    return any(True for _ in title_abstract_pairs(paragraphs))


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in page order. The paragraphs of an abstract are joined."""
    for number, (title, abstract) in enumerate(
        title_abstract_pairs(_paragraphs(document)), start=1
    ):
        yield make_record(document.name, f"no. {number}", title=title, abstract=abstract)


def title_abstract_pairs(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the title and the abstract of each paper in the paragraphs of a page."""
    title: str | None = None
    abstract: list[str] = []
    for paragraph, following in pairwise(chain(filter(None, paragraphs), [""])):
        if _is_abstract(paragraph) or (abstract and _is_last_paragraph(paragraph, following)):
            abstract.append(paragraph)
            continue
        if title and abstract:
            yield title, " ".join(abstract)
        abstract = []
        title = paragraph if len(paragraph.split()) <= _TITLE_WORDS else None
    if title and abstract:
        yield title, " ".join(abstract)


def _paragraphs(document: Document) -> Iterator[str]:
    lines: list[str] = []
    for line in document.lines():
        if line.strip():
            lines.append(line)
        elif lines:
            yield one_line(" ".join(lines))
            lines = []
    yield one_line(" ".join(lines))


def _is_abstract(paragraph: str) -> bool:
    words = len(paragraph.split())
    return words >= _ABSTRACT_WORDS or (
        words >= _SHORT_ABSTRACT_WORDS and paragraph.endswith((".", "!"))
    )


def _is_last_paragraph(paragraph: str, following: str) -> bool:
    is_sentence = (
        len(paragraph.split()) >= _SENTENCE_WORDS and _SENTENCE.fullmatch(paragraph) is not None
    )
    return is_sentence and (not _is_abstract(following) or bool(_CONTINUATION.match(paragraph)))
