"""Words alike: papers that say in their own words what a question says in other ones.

A question without a paper's words finds it neither by BM25 nor surely by its vector. Word by word
it often does: "photos" is near "images", "cheaper" near "cost".
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.idf import words_of

# Words less alike than this (cosine) count as unrelated. On development questions 0.45 to 0.55 do
# equally well.
_ALIKE = 0.5


def word_similarity(
    library: Library, idf: Mapping[str, float], papers: Sequence[Paper]
) -> dict[str, float]:
    """Score papers by how much of a question's words they say, in those words or in ones alike.

    Each word of the question counts the squared cosine of the paper's word nearest to it, times
    its own inverse document frequency (that of BM25).

    Args:
        library: that was searched.
        idf: how rare each content word of the question is.
        papers: to be scored.

    Returns:
        The scores by paper id, 0 or more.
    """
    said = {paper.id: words for paper in papers if (words := words_of(paper))}
    if not idf or not said:
        return {}
    cosines = library.word_cosines(list(idf), list(chain.from_iterable(said.values())))
    alike = np.where(cosines > _ALIKE, cosines, 0.0) ** 2
    # Where each paper's words begin.
    starts = np.cumsum([0, *map(len, said.values())])[:-1]
    nearest = np.maximum.reduceat(alike, starts, axis=1)
    scores = np.array(list(idf.values())) @ nearest
    return dict(zip(said, map(float, scores), strict=True))
