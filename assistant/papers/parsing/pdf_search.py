"""Finding the page of a PDF that contains a sentence."""

import unicodedata
from collections.abc import Iterable

from assistant.papers.parsing.pdf_pages import PdfPage

# Sentences are compared by character n-grams of this length, over letters and digits only, so that
# hyphenation and lost spaces do not matter. Since an n-gram is longer than most words, different
# sentences share few of them.
_RUN = 12


def page_of_sentence(sentence: str, pages: Iterable[PdfPage], first: int = 1) -> int | None:
    """Return the number of the page with most of a sentence; None if it is on none of them.

    The sentence need not match word for word, because the abstract may differ from the one in the
    PDF: half of it, on a page and its neighbours, is enough.

    Args:
        sentence: a sentence of the abstract.
        pages: the pages, read only up to one with the whole sentence.
        first: the number of the first page.
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
