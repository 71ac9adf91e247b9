"""The words of papers, as several steps of retrieval need them, and how rare they are."""

import functools
import math
from collections.abc import Sequence

from assistant.library import Library
from assistant.papers import Paper
from assistant.text.words import content_words, stem


# The same papers are candidates again and again, and finding words takes longest of it all.
@functools.lru_cache(maxsize=8192)
def words_of(paper: Paper) -> tuple[str, ...]:
    """Return the content words of a paper's title and abstract."""
    return tuple(content_words(f"{paper.title} {paper.abstract}"))


@functools.lru_cache(maxsize=8192)
def stems_of(paper: Paper) -> frozenset[str]:
    """Return the stems of a paper's content words."""
    return frozenset(map(stem, words_of(paper)))


def inverse_document_frequencies(library: Library, words: Sequence[str]) -> dict[str, float]:
    """Return how rare words are in a library: their inverse document frequencies, as in BM25."""
    total = library.catalogue.count()
    having = {word: library.catalogue.count_with_word(word) for word in words}
    return {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in having.items()}
