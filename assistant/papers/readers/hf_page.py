"""Reader of a Hugging Face Papers page saved or copied as text.

Such a page shows paragraphs apart by blank lines: a paper's title, then its abstract, and in
between whatever else the page displays (menus, dates, "Subscribe"). What tells an abstract is its
length, and its title is the paragraph right before it.
"""

import re

from assistant.papers.paper import Paper

NAME = "Hugging Face Papers page (text)"

# The longest titles have about 30 words, the shortest abstracts about 40.
_ABSTRACT_WORDS = 40
_SHORT_ABSTRACT_WORDS = 15
_TITLE_WORDS = 40


def recognises(text: str) -> bool:
    """Tell whether a short paragraph is followed by a long one anywhere."""
    return bool(read(text, source=""))


def read(text: str, source: str) -> list[Paper]:
    """Return the papers in page order; an abstract of several paragraphs is joined."""
    papers: list[Paper] = []
    title: str | None = None
    abstract: list[str] = []

    def finish() -> None:
        if title and abstract:
            papers.append(Paper(title=title, abstract=" ".join(abstract), source=source))

    for paragraph in _paragraphs(text):
        if _is_abstract(paragraph):
            abstract.append(paragraph)
        else:
            finish()
            abstract = []
            title = paragraph if len(paragraph.split()) <= _TITLE_WORDS else None
    finish()
    return papers


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _is_abstract(paragraph: str) -> bool:
    words = len(paragraph.split())
    return words >= _ABSTRACT_WORDS or (
        words >= _SHORT_ABSTRACT_WORDS and paragraph.endswith((".", "!"))
    )
