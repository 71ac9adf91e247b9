"""Questions about two papers: which is the second, and is the question about both at all?

The best paper of such a question is nearly always one of the two. The other one has what the best
one lacks: rare words of the question, and above all its names. It may stand further down, since
together the words of both count for papers that have a few of each.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.papers import Paper
from assistant.retrieval.idf import stems_of
from assistant.text.proper_names import find_names, occurrences
from assistant.text.words import content_words, stem

# What makes a paper the second one, beside its score in standard deviations: its own words, by how
# rare they are, and its own names. Chosen on development questions.
_OWN_WORDS = 0.2
_OWN_NAMES = 1.5

# A logistic regression of "is about two papers", fitted on the development questions of two
# libraries; fitted on either it tells those of the other apart with an AUC of 0.98 and above 0.99.
_WEIGHTS = {"words": 0.55, "names": 1.6, "title": 1.9, "gap": 0.94, "cues": 1.4, "joints": 0.7}
_BIAS = -8.5
# The log-odds from which a question counts as one about two papers; and from which one that goes on
# from an earlier one does, if else it were open which paper it means.
_TWO = -0.5
_TWO_GOING_ON = -2.5

_CUE = re.compile(
    r"\b(both|respectively|compare[ds]?|comparison|versus|vs|each|two papers|the two|other|another|"
    r"whereas|while|differ|difference|larger|smaller|more|which of)\b",
    re.IGNORECASE,
)
_CUES_COUNTED = 2
_JOINT = re.compile(r"\b(?:and|or)\b|[,;:]", re.IGNORECASE)
_JOINTS_COUNTED = 3
_TITLE_WORDS_COUNTED = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """The paper that a question may be about beside the best one.

    Attributes:
        second: the paper.
        log_odds: that the question is about both.
    """

    second: Paper
    log_odds: float

    @property
    def meant(self) -> bool:
        """Whether the question counts as one about both."""
        return self.log_odds > _TWO

    @property
    def meant_going_on(self) -> bool:
        """Whether it may count so if it goes on from an earlier one, about the other paper."""
        return self.log_odds > _TWO_GOING_ON


def find_pair(
    question: str, papers: Sequence[tuple[Paper, float]], idf: Mapping[str, float]
) -> Pair | None:
    """Return the second paper that a question may be about; None if there are fewer than three.

    Args:
        question: in plain words.
        papers: candidates with their scores in standard deviations, best first.
        idf: how rare each content word of the question is.
    """
    if len(papers) < 3:
        return None
    asked = _Asked(question, {stem(word): rare for word, rare in idf.items()})
    first = papers[0][0]
    by_fit = sorted(
        ((score + asked.fit(paper, first), paper) for paper, score in papers[1:]),
        key=lambda one: -one[0],
    )
    second = by_fit[0][1]
    features = {**asked.features(first, second), "gap": by_fit[0][0] - by_fit[1][0]}
    log_odds = sum(_WEIGHTS[name] * value for name, value in features.items()) + _BIAS
    return Pair(second, log_odds)


class _Asked:
    """What a question asks for, to be looked up in papers."""

    def __init__(self, question: str, rarity_of_stems: Mapping[str, float]) -> None:
        self._rarity = rarity_of_stems
        # Those of the first paper are asked for beside each other paper.
        self._names_in = functools.cache(functools.partial(_names_in, find_names(question)))
        self._cues = min(len(_CUE.findall(question)), _CUES_COUNTED)
        self._joints = min(len(_JOINT.findall(question)), _JOINTS_COUNTED)

    def fit(self, paper: Paper, first: Paper) -> float:
        """Return how much a paper has that the first one lacks."""
        own_words = _OWN_WORDS * self._own_words(paper, first)
        return own_words + _OWN_NAMES * self._own_names(paper, first)

    def features(self, first: Paper, second: Paper) -> dict[str, float]:
        """Return what tells a question about both from others; of each, what the poorer has."""
        pairs = ((first, second), (second, first))
        return {
            "words": min(self._own_words(*pair) for pair in pairs),
            "names": min(1, *(self._own_names(*pair) for pair in pairs)),
            "title": min(_TITLE_WORDS_COUNTED, *(self._own_title_words(*pair) for pair in pairs)),
            "cues": self._cues,
            "joints": self._joints,
        }

    def _own_words(self, paper: Paper, other: Paper) -> float:
        own = (self._rarity.keys() & stems_of(paper)) - stems_of(other)
        return sum(self._rarity[word] for word in own)

    def _own_names(self, paper: Paper, other: Paper) -> int:
        return len(self._names_in(paper) - self._names_in(other))

    def _own_title_words(self, paper: Paper, other: Paper) -> int:
        in_title = self._rarity.keys() & set(map(stem, content_words(paper.title)))
        return len(in_title - stems_of(other))


def _names_in(asked: Sequence[str], paper: Paper) -> frozenset[str]:
    """Return the names of a question that a paper has."""
    text = f"{paper.title} {paper.abstract}"
    return frozenset(name for name in asked if occurrences(name, text))
