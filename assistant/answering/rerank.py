"""Reranking: when the ranking is unsure, the model says which of the best papers answers.

A question without a paper's own words often finds the right paper among the first few, but not
first. Asked of one paper at a time whether it states the answer, the model tells it from the others
far better than any similarity does; and of papers that it has read, only the question is read.
"""

import sys
from collections.abc import Callable, Sequence

from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, narrow

# Of a paper that the model has not read yet, only so many sentences are shown, and only the first
# few such papers are looked at: each costs reading.
_UNREAD_SENTENCES = 4
_UNREAD_PAPERS = 3
# From this share of yes on, no further paper is looked at. On development questions it saves more
# than half of the looks and costs one right paper in thirty-six.
_SURE = 0.73

HasRead = Callable[[Sequence[Evidence]], bool]
YesShare = Callable[[Sequence[Evidence]], float]


def rerank(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    *,
    has_read: HasRead,
    yes_share: YesShare,
) -> Retrieval | None:
    """Ask the model of each of the best papers whether it states the answer.

    Args:
        library: that was searched.
        question: in plain words.
        retrieval: what was found.
        count: of how many papers the model is asked.
        has_read: whether the model has read the papers of some evidence, so that showing them
            costs nothing.
        yes_share: the share of yes, 0 to 1, in the model's reply to whether evidence answers.

    Returns:
        The retrieval with the papers in their new order, and evidence of the first; None if no
        paper has a sentence to show.
    """
    looks: list[tuple[float, Retrieval]] = []
    unread = 0
    for ranked in retrieval.papers[:count]:
        look = narrow(library, question, retrieval, [ranked.paper], sys.maxsize)
        if not look.evidence:
            continue
        if not has_read(look.evidence):
            unread += 1
            if unread > _UNREAD_PAPERS:
                continue
            look = narrow(library, question, retrieval, [ranked.paper], _UNREAD_SENTENCES)
        yes = yes_share(look.evidence)
        looks.append((yes, look))
        if yes >= _SURE:
            break
    if not looks:
        return None
    looks.sort(key=lambda look: -look[0])
    order = [look.papers[0].paper for _, look in looks]
    _, best = looks[0]
    return narrow(library, question, retrieval, order, len(best.evidence))
