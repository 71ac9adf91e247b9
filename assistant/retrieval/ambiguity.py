"""How far a question reaches: into one paper, into two, or into one that is not clear yet.

Where the best paper stands well above the rest, as it does for nearly every question that uses a
paper's own words, one look at the ranking is enough. Where another paper has what the best one
lacks of the question, the question is about both (`pair.py`). Else the ranking is a guess, and the
model itself should say which paper answers.
"""

from collections.abc import Sequence
from typing import Literal

from assistant.retrieval.two_papers.pair import Pair

Ambiguity = Literal["one", "two", "ambiguous"]

# In standard deviations of the candidates' scores: nine of ten questions in a paper's own words
# have a wider gap behind their best paper, nine of ten paraphrases a narrower one.
_CLEAR_GAP = 2.3


def judge_ambiguity(
    scores: Sequence[float], pair: Pair | None, *, is_follow_up: bool = False
) -> Ambiguity:
    """Return how far a question reaches.

    Args:
        scores: of the best papers, in standard deviations of the scores of all, best first.
        pair: the second paper that the question may be about.
        is_follow_up: whether the question includes the earlier ones that it follows up on.
    """
    if pair and pair.meant:
        return "two"
    if len(scores) < 2 or scores[0] - scores[1] >= _CLEAR_GAP:
        return "one"
    return "two" if is_follow_up and pair and pair.meant_going_on else "ambiguous"
