"""Finds the words of a library that a mistyped word may have been meant to be."""

import math
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library import Library
from assistant.papers import Paper
from assistant.text.folding import folded
from assistant.text.words import stem

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""Parts of a word with a hyphen are words of their own, as in the word index."""

# A word is spelled as in one of the papers in which it counts most.
_PAPERS_READ = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the library that a mistyped word may have been meant to be.

    Attributes:
        written: the word, as a paper writes it. If no paper has it in this inflection, another one.
        features: what tells how probable it is (see `_features`).
    """

    written: str
    features: tuple[float, ...]


def find_candidates(library: Library, typed: str) -> list[Candidate]:
    """Return the words of a library that one typing error separates from a folded word."""
    counts = library.catalogue.vocabulary.counts(sorted(one_error_away(typed)))
    found = [_candidate(library, typed, word, count) for word, count in counts.items()]
    return [one for one in found if one is not None]


def one_error_away(word: str) -> set[str]:
    """Return what one typing error separates from a word.

    The error is a letter too many, a letter missing, another letter, or two letters swapped. Digits
    are never changed: they tell the versions of a model apart.
    """
    letters = string.ascii_lowercase
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    inserted = {before + letter + after for before, after in halves for letter in letters}
    halves = [(before, after) for before, after in halves if after[:1].isalpha()]
    deleted = {before + after[1:] for before, after in halves}
    replaced = {before + letter + after[1:] for before, after in halves for letter in letters}
    swapped = {
        before + after[1] + after[0] + after[2:] for before, after in halves if after[1:2].isalpha()
    }
    return (inserted | deleted | replaced | swapped) - {word, ""}


def _candidate(library: Library, typed: str, word: str, count: int) -> Candidate | None:
    """Return a word of the word index as a candidate; None if no paper writes it like this."""
    words = library.catalogue.words
    ids = [id_ for id_, _ in words.match([word], _PAPERS_READ)]
    papers = library.catalogue.papers(ids or words.match_metadata(word, 1))
    spellings: dict[str, str] = {}
    for paper in papers:
        for text in (paper.text, *paper.authors, paper.venue or ""):
            for written in WORD.findall(text):
                spellings.setdefault(folded(written), written)
    # The word index compares by Porter's stems, by which words that do not exist equal others.
    inflections = (one for one in spellings if stem(one) == stem(word))
    known = word if word in spellings else next(inflections, None)
    if known is None:
        return None
    is_exact = known == word
    features = _features(library, typed, word, count, _in_title(known, papers), is_exact)
    return Candidate(spellings[known], features)


def _features(
    library: Library, typed: str, word: str, count: int, in_title: bool, is_exact: bool
) -> tuple[float, ...]:
    """Return what tells whether a word was meant.

    Words that exist have fewer and longer word pieces than mistyped ones. Errors in the last letter
    may be another inflection. Names are in titles, and frequent words are mistyped more often.
    """
    pieces, own_pieces = library.embedder.word_pieces(typed), library.embedder.word_pieces(word)
    is_swap = len(typed) == len(word) and sorted(typed) == sorted(word)
    is_doubling = len(typed) != len(word) and _without_doubles(typed) == _without_doubles(word)
    return (
        float(len(typed)),
        len(typed) / pieces,
        float(pieces - own_pieces),
        float(is_swap),
        float(is_doubling),
        float(len(typed) < len(word)),
        float(len(typed) > len(word)),
        float(typed[:-1] in (word, word[:-1]) or word[:-1] == typed),
        math.log(count),
        float(in_title),
        float(is_exact),
    )


def _in_title(word: str, papers: Sequence[Paper]) -> bool:
    return any(word in map(folded, WORD.findall(paper.title)) for paper in papers)


def _without_doubles(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
