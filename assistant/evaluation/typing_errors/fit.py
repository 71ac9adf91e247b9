"""Fits the model that tells a mistyped word from the name of something the library does not have.

Examples of errors are mistyped words of questions (see `mistype`). Examples of words that are right
as they are typed are those of questions that the library does not have, and the names in its own
papers as if no paper had them.
"""

import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from assistant.evaluation.typing_errors.mistype import mistyped
from assistant.library import Library
from assistant.retrieval.spelling import is_unknown, words_of
from assistant.retrieval.spelling.candidates import Candidate, find_candidates
from assistant.retrieval.spelling.model import SpellingModel
from assistant.text.folding import folded
from assistant.text.proper_names import find_names
from assistant.text.words import stem

MAX_CHANGED = 0.01
"""The share of words right as typed that may be changed; it decides on the least probability."""

_ERRORS_PER_WORD = 3
_HALVES = (0, 1)


@dataclass(frozen=True, slots=True)
class Example:
    """A word that the library does not have, and the words of the library near it.

    Attributes:
        typed: the word, folded.
        meant: the word of the library that was mistyped, folded; empty if the word is right.
        candidates: the words near it.
    """

    typed: str
    meant: str
    candidates: tuple[Candidate, ...]

    @property
    def half(self) -> int:
        """The half that the example belongs to: all errors in one word are in the same."""
        return half_of(self.meant or self.typed)

    def is_meant(self, candidate: Candidate) -> bool:
        """Return whether a candidate is the word that was meant, in any inflection."""
        return bool(self.meant) and is_same_word(candidate.written, self.meant)

    def best(self, model: SpellingModel) -> tuple[float, Candidate] | None:
        """Return the most probable candidate with its probability; None if there is none."""
        scored = ((model.probability(one.features), one) for one in self.candidates)
        return max(scored, key=lambda one: one[0], default=None)


@dataclass(frozen=True, slots=True)
class SpellingFit:
    """The fitted model, and those fitted on one half, with which the other is measured.

    Attributes:
        model: fitted on all examples.
        held_out: for each half, the model fitted on the other.
    """

    model: SpellingModel
    held_out: tuple[SpellingModel, ...]

    def for_word(self, word: str) -> SpellingModel:
        """Return the model that was not fitted on errors in a folded word."""
        return self.held_out[half_of(word)]


def is_same_word(written: str, word: str) -> bool:
    """Return whether a word is a folded word, in any inflection."""
    return stem(folded(written)) == stem(word)


def half_of(word: str) -> int:
    """Return the half that a folded word belongs to, 0 or 1."""
    return zlib.crc32(word.encode()) % 2


def error_examples(library: Library, words: Iterable[str], chance: random.Random) -> list[Example]:
    """Return examples of errors in words of the library."""
    errors = [(word, mistyped(word, chance)) for word in words for _ in range(_ERRORS_PER_WORD)]
    return [
        Example(typed, word, tuple(find_candidates(library, typed)))
        for word, typed in dict.fromkeys(errors)
        if is_unknown(library, typed)
    ]


def right_examples(library: Library, texts: Iterable[str]) -> list[Example]:
    """Return the words of questions that are right, and that the library does not have."""
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    return [
        Example(word, "", tuple(find_candidates(library, word)))
        for word in words
        if is_unknown(library, word)
    ]


def name_examples(library: Library) -> list[Example]:
    """Return the names in the papers of the library, as if the library did not have them."""
    names = dict.fromkeys(
        word
        for paper in library.catalogue.papers()
        for name in find_names(paper.text)
        for word in words_of(name)
        if library.embedder.word_pieces(word) > 1
    )
    return [
        Example(
            word,
            "",
            tuple(
                one for one in find_candidates(library, word) if not is_same_word(one.written, word)
            ),
        )
        for word in names
    ]


def fit_spelling(errors: Sequence[Example], right: Sequence[Example]) -> SpellingFit:
    """Fit the model, with the lowest least probability that changes few words that are right."""
    examples = [*errors, *right]
    held_out = [_fit([one for one in examples if one.half != half]) for half in _HALVES]
    scores = sorted((_best_score(one, held_out[one.half]) for one in right), reverse=True)
    allowed = int(MAX_CHANGED * len(right))
    # Just above the score of the first word that would be one too many.
    least = float(np.nextafter(scores[allowed], 1.0)) if allowed < len(scores) else 0.0
    return SpellingFit(
        replace(_rounded(_fit(examples)), min_probability=round(least, 3)),
        tuple(replace(one, min_probability=least) for one in held_out),
    )


def _best_score(example: Example, model: SpellingModel) -> float:
    best = example.best(model)
    return best[0] if best else 0.0


def _fit(examples: Sequence[Example]) -> SpellingModel:
    rows = [
        (one.features, example.is_meant(one)) for example in examples for one in example.candidates
    ]
    features: npt.NDArray[np.float64] = np.array([row for row, _ in rows])
    regression = LogisticRegression(max_iter=5000).fit(features, [meant for _, meant in rows])
    return SpellingModel(
        tuple(map(float, regression.coef_[0])), float(regression.intercept_[0]), 0.0
    )


def _rounded(model: SpellingModel) -> SpellingModel:
    return replace(
        model, weights=tuple(round(w, 3) for w in model.weights), bias=round(model.bias, 3)
    )
