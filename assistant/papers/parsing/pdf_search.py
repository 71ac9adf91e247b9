"""Find the page of a PDF on which a sentence stands."""

import unicodedata
from collections.abc import Iterable

from assistant.papers.parsing.pdf_pages import PdfPage

# Sentences are compared by runs of this many letters and digits, so that neither hyphenation nor
# lost spaces matter. A run is longer than most words, so that other sentences share few of them.
_RUN = 12


def page_of_sentence(sentence: str, pages: Iterable[PdfPage], first: int = 1) -> int | None:
    """Return the number of the page that has most of a sentence, None if none has half of it.

    The sentence need not be there word for word: an abstract that was published elsewhere may
    differ from the one in the PDF.

    Args:
        sentence: a sentence of the abstract.
        pages: read only up to the one that has all of it.
        first: the number of the first of the pages.
    """
    letters = _letters(sentence)
    runs = {letters[start : start + _RUN] for start in range(max(1, len(letters) - _RUN + 1))}
    best, most = None, len(runs) / 2
    for number, page in enumerate(pages, first):
        text = _letters(page.text)
        count = sum(run in text for run in runs)
        if letters and count == len(runs):
            return number
        if count > most:
            best, most = number, count
    return best


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
