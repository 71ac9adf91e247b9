"""Corrects typing errors in the words of a question, towards the words of the library.

A word that is in no paper, and that the embedder does not know as one word either, is replaced by a
word of the library that is one typing error away, if it is probable enough that it was meant. The
word may as well be the name of something that is not in the library. A logistic regression tells
these apart. It is fitted by ``assistant eval typos``.

Design notes: docs/design/typing-errors.md
"""

import re
from dataclasses import dataclass

from assistant.library import Library
from assistant.retrieval.spelling.candidates import WORD, find_candidates
from assistant.retrieval.spelling.model import SpellingModel, load_spelling_model
from assistant.text.folding import folded

# Shorter words are never corrected: almost all are one letter away from other words. The number of
# candidates grows with the square of the length; no word is longer than this.
_MIN_LENGTH, _MAX_LENGTH = 4, 30

# Quotations, addresses and ids are meant as they are.
_LITERAL = re.compile(r"\"[^\"]*\"|“[^”]*”|\S*[/@]\S*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question that was replaced.

    Attributes:
        typed: the word of the question.
        searched: the word of the library in its place, as a paper writes it.
    """

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A question after the correction of its typing errors.

    Attributes:
        text: the question to search for and to answer.
        corrections: the words that were replaced, in order.
    """

    text: str
    corrections: tuple[Correction, ...] = ()


def correct_spelling(
    library: Library, question: str, model: SpellingModel | None = None
) -> CorrectedText:
    """Return a question with its typing errors corrected.

    Args:
        library: the library to search.
        question: in English.
        model: tells which word was meant; by default the shipped one.
    """
    model = model or load_spelling_model()
    corrections: list[Correction] = []
    literal = [match.span() for match in _LITERAL.finditer(question)]

    def corrected(match: re.Match[str]) -> str:
        word = match.group()
        if any(start <= match.start() < end for start, end in literal):
            return word
        if not is_unknown(library, folded(word)):
            return word
        candidates = [
            (model.probability(one.features), one.written)
            for one in find_candidates(library, folded(word))
        ]
        probability, searched = max(candidates, default=(0.0, word))
        if probability < model.min_probability:
            return word
        corrections.append(Correction(word, searched))
        return searched

    return CorrectedText(WORD.sub(corrected, question), tuple(corrections))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text that can be corrected: of letters, perhaps with digits."""
    words = map(folded, WORD.findall(text))
    return [one for one in words if _can_be_corrected(one)]


def is_unknown(library: Library, word: str) -> bool:
    """Return whether a folded word is neither in the library nor one that the embedder knows."""
    return (
        _can_be_corrected(word)
        and library.embedder.word_pieces(word) > 1  # before the database: it rules out most words
        and not library.catalogue.vocabulary.counts([word])
    )


def _can_be_corrected(word: str) -> bool:
    is_plain = word.isascii() and word.isalnum() and not word.isdigit()
    return is_plain and _MIN_LENGTH <= len(word) <= _MAX_LENGTH
