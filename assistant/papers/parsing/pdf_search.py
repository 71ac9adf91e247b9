"""Find the page of a PDF on which a sentence stands."""

import unicodedata
from collections.abc import Iterable

from assistant.papers.parsing.pdf_pages import PdfPage

# Sentences are compared by runs of this many letters and digits, so that neither hyphenation nor
# lost spaces matter. A run is longer than most words, so that other sentences share few of them.
_RUN = 12


def page_of_sentence(sentence: str, pages: Iterable[PdfPage], first: int = 1) -> int | None:
    """Return the number of the page that has most of a sentence, None if it is on none.

    The sentence need not be there word for word, because an abstract that was published elsewhere
    may differ from the one in the PDF: half of it, on a page and those beside it, is enough.

    Args:
        sentence: a sentence of the abstract.
        pages: read only up to the one that has all of it.
        first: the number of the first of the pages.
    """
    letters = _letters(sentence)
    if not letters:
        return None
    runs = {letters[start : start + _RUN] for start in range(max(1, len(letters) - _RUN + 1))}
    counts: list[int] = []
    for page in pages:
        text = _letters(page.text)
        counts.append(sum(run in text for run in runs))
        if counts[-1] == len(runs):
            return first + len(counts) - 1
    best = max(range(len(counts)), key=counts.__getitem__, default=0)
    is_there = sum(counts[max(0, best - 1) : best + 2]) > len(runs) / 2
    return first + best if is_there else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
