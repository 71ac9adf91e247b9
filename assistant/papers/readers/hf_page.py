"""Reader of Hugging Face Papers pages saved or copied as text, and of text with a similar layout.

The paragraphs are separated by blank lines: a title, its abstract, and between papers whatever else
the page displays (menus, dates, "Subscribe"). An abstract is recognised by its length. Its title is
the paragraph before it.

Any text has short and long paragraphs, so the reader requires evidence that they are titles and
abstracts (`is_page_of_papers`), unless the user says that they are.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from assistant.papers.files.document import Document
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record
from assistant.text.folding import folded
from assistant.text.words import content_stems

NAME = "Hugging Face Papers page (text)"
EXTENSIONS = (".txt",)
RECOGNISED_BY = (
    "three or more short paragraphs that share words with the long ones after them, or two with "
    "dates; other text of this form is read with `--as hf-page`"
)
READS = "title and abstract; also from other text in this form"

# The longest titles have about 30 words, the shortest abstracts about 40.
_ABSTRACT_WORDS = 40
_SHORT_ABSTRACT_WORDS = 15
_TITLE_WORDS = 40
# A short paragraph after an abstract is its last paragraph if it is a sentence of at least this
# many words and is not the title of the next abstract.
_SENTENCE_WORDS = 4
_SENTENCE = re.compile(r"[\"'(“‘]?[A-Z0-9].*\.[\"')”’]*")
# A sentence that begins with one of these is not a title.
_CONTINUATION = re.compile(
    r"(?:We|Our|This|These|Here|Finally|Moreover|Furthermore|However|Code|The code|Specifically)\b"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

# Of 5,183 SciFact papers, 98 % have an abstract of this length that contains this share of the
# title's words. Of 2,495 licences, manuals and similar texts, one has three such pairs that make up
# most of its pairs. See docs/design/readers.md.
_PLAUSIBLE_WORDS = range(_ABSTRACT_WORDS, 601)
_MIN_SHARED = 1 / 3
_MIN_PLAUSIBLE = 3
_MIN_PLAUSIBLE_WITH_DATES = 2
_MIN_SHARE = 0.6
_ALIKE = 0.5
# Configuration files and source code have more of these than abstracts with formulas.
_OF_CODE = re.compile(r"[=\[\]{}<>|\"_#*`]")
_MAX_OF_CODE = 0.03
_LIST_ITEM = re.compile(r"\s*[*+•–—=-]|\W*(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]\s", re.IGNORECASE)
_DATE = re.compile(
    r"(?:published on )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}"
    r"(?:, \d{4})?",
    re.IGNORECASE,
)


def recognises(document: Document) -> bool:
    """Return whether there is evidence near the beginning that the text lists papers."""
    return is_page_of_papers(_first_paragraphs(document))


def may_show_papers(document: Document) -> bool:
    """Return whether there may be a title followed by an abstract near the beginning."""
    return any(True for _ in title_abstract_pairs(_first_paragraphs(document)))


def is_page_of_papers(paragraphs: Iterable[str]) -> bool:
    """Return whether most pairs of paragraphs are plausible titles and abstracts of papers.

    At least three are required, or two on a page with dates.
    """
    paragraphs = list(paragraphs)
    pairs = list(title_abstract_pairs(paragraphs))
    plausible = _count_different(
        content_stems(folded(abstract))
        for title, abstract in pairs
        if _is_plausible(title, abstract)
    )
    has_dates = any(map(_DATE.fullmatch, paragraphs))
    needed = _MIN_PLAUSIBLE_WITH_DATES if has_dates else _MIN_PLAUSIBLE
    return plausible >= needed and plausible >= _MIN_SHARE * len(pairs)


def _count_different(abstracts: Iterable[frozenset[str]]) -> int:
    """Count the abstracts that differ from earlier ones: licences are repetitive."""
    different: list[frozenset[str]] = []
    for stems in abstracts:
        if all(len(stems & other) < _ALIKE * len(stems | other) for other in different):
            different.append(stems)
    return len(different)


def _is_plausible(title: str, abstract: str) -> bool:
    if len(abstract.split()) not in _PLAUSIBLE_WORDS:
        return False
    if (
        _LIST_ITEM.match(title)
        or _LIST_ITEM.match(abstract)
        or title.endswith((":", ",", ";"))
        or "://" in title
    ):
        return False
    if len(_OF_CODE.findall(abstract)) > _MAX_OF_CODE * len(abstract):
        return False
    stems = content_stems(folded(title))
    shared = stems & content_stems(folded(abstract))
    return bool(stems) and len(shared) >= _MIN_SHARED * len(stems)


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


def _first_paragraphs(document: Document) -> Iterator[str]:
    return (one_line(part) for part in _BLANK_LINE.split(document.start))


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
