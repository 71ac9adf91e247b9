"""How far a question reaches: into one paper, into two, or into one that is not clear yet.

Where the best paper stands well above the rest, as it does for nearly every question that uses a
paper's own words, one look at the ranking is enough. Where two stand above the rest and each holds
words of the question that the other lacks, the question is about both. Else the ranking is a guess,
and the model itself should say which paper answers.
"""

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from assistant.papers import Paper
from assistant.papers.words import content_stems

Reach = Literal["one", "two", "open"]

# In standard deviations of the candidates' scores: nine of ten questions in a paper's own words
# have a wider gap behind their best paper, nine of ten paraphrases a narrower one.
_CLEAR_GAP = 2.3

# A logistic regression of "is about two papers", fitted on the development questions of two
# libraries; fitted on either it tells those of the other apart with an AUC of 0.92 and 0.98.
_OWN_WORDS = 1.26
_SECOND_GAP = 1.4
_CUES = 1.6
_BIAS = -5.3
_CUES_COUNTED = 2
_TWO = -0.4  # the log-odds from which a question counts as one about two papers

_CUE = re.compile(
    r"\b(both|respectively|compare[ds]?|comparison|versus|vs|each|two papers|the two|other|another|"
    r"whereas|while|differ|difference|larger|smaller|more|which of)\b",
    re.IGNORECASE,
)


def reach(question: str, papers: Sequence[tuple[Paper, float]], spread: float) -> Reach:
    """Return how far a question reaches.

    Args:
        question: in plain words.
        papers: the best papers with their fused scores, best first.
        spread: the standard deviation of the scores of all candidates.
    """
    if len(papers) < 2 or spread == 0:
        return "one"
    scores = np.array([score for _, score in papers[:3]]) / spread
    if len(papers) > 2 and _two_papers(question, papers[0][0], papers[1][0], scores[1] - scores[2]):
        return "two"
    return "one" if scores[0] - scores[1] >= _CLEAR_GAP else "open"


def _two_papers(question: str, first: Paper, second: Paper, second_gap: float) -> bool:
    wanted = content_stems(question)
    in_first, in_second = (
        wanted & content_stems(f"{paper.title} {paper.abstract}") for paper in (first, second)
    )
    own_words = min(len(in_first - in_second), len(in_second - in_first))
    cues = min(len(_CUE.findall(question)), _CUES_COUNTED)
    return _OWN_WORDS * own_words + _SECOND_GAP * second_gap + _CUES * cues + _BIAS > _TWO
