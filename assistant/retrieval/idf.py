"""Content words of papers, and the inverse document frequency (IDF) of words."""

import functools
import math
from collections.abc import Sequence

from assistant.library import Library
from assistant.papers import Paper
from assistant.text.words import content_words, stem


# Cached because tokenizing is the slowest step, and the same papers are often candidates again.
@functools.lru_cache(maxsize=8192)
def paper_words(paper: Paper) -> tuple[str, ...]:
    """Return the content words of a paper's title and abstract."""
    return tuple(content_words(paper.text))


@functools.lru_cache(maxsize=8192)
def paper_stems(paper: Paper) -> frozenset[str]:
    """Return the stems of a paper's content words."""
    return frozenset(map(stem, paper_words(paper)))


def inverse_document_frequencies(library: Library, words: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency of each word in a library, as defined by BM25."""
    total = library.catalogue.count()
    document_counts = {word: library.catalogue.words.count(word) for word in words}
    return {
        word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in document_counts.items()
    }
