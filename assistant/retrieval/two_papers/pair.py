"""Finds the second paper that a question may be about, and decides whether it is about both.

For a question about two papers, the best-ranked paper is nearly always one of the two. The other
one contains what the best one lacks: rare words of the question, and above all names. It may be
ranked lower, since papers that match some words of both parts also score well.

Design notes: docs/design/two-papers.md
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.papers import Paper
from assistant.retrieval.idf import paper_stems
from assistant.text.proper_names import find_names, occurrences
from assistant.text.words import content_words, stem

# The weights of the question's words (by IDF) and names that a second paper contains and the first
# one lacks. The weighted sum is added to the paper's score in standard deviations. Tuned on
# development questions.
_WORDS_WEIGHT = 0.2
_NAMES_WEIGHT = 1.5

# A logistic regression for whether a question is about two papers, fitted on the development
# questions of two libraries. Fitted on one library and tested on the other, its AUC is 0.98 in one
# direction and above 0.99 in the other.
_WEIGHTS = {
    "words": 0.55,
    "names": 1.6,
    "title": 1.9,
    "gap": 0.94,
    "cues": 1.4,
    "conjunctions": 0.7,
}
_BIAS = -8.5
# The log-odds above which a question counts as being about two papers, and the lower threshold for
# a follow-up whose paper would otherwise be ambiguous.
_MIN_LOG_ODDS = -0.5
_MIN_LOG_ODDS_FOLLOW_UP = -2.5

_CUE = re.compile(
    r"\b(both|respectively|compare[ds]?|comparison|versus|vs|each|two papers|the two|other|another|"
    r"whereas|while|differ|difference|larger|smaller|more|which of)\b",
    re.IGNORECASE,
)
_MAX_CUES = 2
_CONJUNCTION = re.compile(r"\b(?:and|or)\b|[,;:]", re.IGNORECASE)
_MAX_CONJUNCTIONS = 3
_MAX_TITLE_WORDS = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """The paper that a question may be about besides the best-ranked one.

    Attributes:
        second: that paper.
        log_odds: the log-odds that the question is about both papers.
    """

    second: Paper
    log_odds: float

    @property
    def is_about_both(self) -> bool:
        """Whether the question counts as being about both papers."""
        return self.log_odds > _MIN_LOG_ODDS

    @property
    def may_be_about_both(self) -> bool:
        """Whether an otherwise ambiguous follow-up counts as being about both papers."""
        return self.log_odds > _MIN_LOG_ODDS_FOLLOW_UP


def find_pair(
    question: str, papers: Sequence[tuple[Paper, float]], idf: Mapping[str, float]
) -> Pair | None:
    """Return the second paper that a question may be about; None with fewer than three papers.

    Args:
        question: in plain words.
        papers: candidates with their scores in standard deviations, best first.
        idf: the inverse document frequency of each content word of the question.
    """
    if len(papers) < 3:
        return None
    matcher = _QuestionMatcher(question, {stem(word): value for word, value in idf.items()})
    first = papers[0][0]
    by_fit = sorted(
        ((score + matcher.complement(paper, first), paper) for paper, score in papers[1:]),
        key=lambda one: -one[0],
    )
    second = by_fit[0][1]
    features = {**matcher.features(first, second), "gap": by_fit[0][0] - by_fit[1][0]}
    log_odds = sum(_WEIGHTS[name] * value for name, value in features.items()) + _BIAS
    return Pair(second, log_odds)


class _QuestionMatcher:
    """Finds the words and names of a question in papers."""

    def __init__(self, question: str, idf_by_stem: Mapping[str, float]) -> None:
        self._idf = idf_by_stem
        # Cached because the first paper is compared with each of the others.
        self._names_in = functools.cache(functools.partial(_names_in, find_names(question)))
        self._cues = min(len(_CUE.findall(question)), _MAX_CUES)
        self._conjunctions = min(len(_CONJUNCTION.findall(question)), _MAX_CONJUNCTIONS)

    def complement(self, paper: Paper, first: Paper) -> float:
        """Return the weighted sum of the question's words and names that only ``paper`` has."""
        words = _WORDS_WEIGHT * self._unique_words(paper, first)
        return words + _NAMES_WEIGHT * self._unique_names(paper, first)

    def features(self, first: Paper, second: Paper) -> dict[str, float]:
        """Return the regression features; per-paper features are the minimum over both papers."""
        pairs = ((first, second), (second, first))
        return {
            "words": min(self._unique_words(*pair) for pair in pairs),
            "names": min(1, *(self._unique_names(*pair) for pair in pairs)),
            "title": min(_MAX_TITLE_WORDS, *(self._unique_title_words(*pair) for pair in pairs)),
            "cues": self._cues,
            "conjunctions": self._conjunctions,
        }

    def _unique_words(self, paper: Paper, other: Paper) -> float:
        """Return the summed IDF of the question's words that only the first argument contains."""
        unique = (self._idf.keys() & paper_stems(paper)) - paper_stems(other)
        return sum(self._idf[word] for word in unique)

    def _unique_names(self, paper: Paper, other: Paper) -> int:
        return len(self._names_in(paper) - self._names_in(other))

    def _unique_title_words(self, paper: Paper, other: Paper) -> int:
        in_title = self._idf.keys() & set(map(stem, content_words(paper.title)))
        return len(in_title - paper_stems(other))


def _names_in(names: Sequence[str], paper: Paper) -> frozenset[str]:
    """Return the names that occur in a paper."""
    return frozenset(name for name in names if occurrences(name, paper.text))
