"""Classifies whether a ranking makes clear which paper a question is about.

If the best paper is far ahead of the rest, as for nearly every question in a paper's own words, the
question is about that paper. If another paper matches the parts of the question that the best one
does not, the question is about both (see `two_papers.pair`). Otherwise the ranking is uncertain,
and the model has to decide which paper contains the answer.

Design notes: docs/design/retrieval-fusion.md
"""

from collections.abc import Sequence
from typing import Literal

from assistant.retrieval.two_papers.pair import Pair

Ambiguity = Literal["one", "two", "ambiguous"]

# The minimum gap between the two best papers that counts as clear, in standard deviations of the
# candidates' scores. Nine out of ten questions in a paper's own words have a wider gap, nine out of
# ten paraphrases a narrower one.
_CLEAR_GAP = 2.3


def classify_ambiguity(
    scores: Sequence[float], pair: Pair | None, *, is_follow_up: bool = False
) -> Ambiguity:
    """Return whether a question is about one paper or two, or is ambiguous.

    Args:
        scores: those of the best papers, in standard deviations of all candidates' scores, best
            first.
        pair: the second paper that the question may be about; None if there is none.
        is_follow_up: whether the question includes the earlier questions it follows up on.
    """
    if pair and pair.is_about_both:
        return "two"
    if len(scores) < 2 or scores[0] - scores[1] >= _CLEAR_GAP:
        return "one"
    return "two" if is_follow_up and pair and pair.may_be_about_both else "ambiguous"
