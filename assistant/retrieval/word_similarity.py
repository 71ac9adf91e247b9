"""Ranking papers by word similarity, for questions that paraphrase them.

If a paper has no words in common with a question, BM25 cannot find it, and its embedding may not be
near the question's either. But the embeddings of single words often are near each other: "photos"
and "images", "cheaper" and "cost".

Design notes: docs/design/retrieval-fusion.md
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.idf import paper_words

# Words with a lower cosine are treated as unrelated. On development questions, values from 0.45 to
# 0.55 work equally well.
_MIN_COSINE = 0.5


def word_similarity(
    library: Library, idf: Mapping[str, float], papers: Sequence[Paper]
) -> dict[str, float]:
    """Score papers by the IDF-weighted similarity of their words to the question's.

    Each word of the question adds its IDF times the squared cosine to the nearest word of the
    paper.

    Args:
        library: the library that was searched.
        idf: the inverse document frequency of each content word of the question.
        papers: the papers to score.

    Returns:
        The scores by paper id, 0 or more. Papers without content words are left out.
    """
    words_by_paper = {paper.id: words for paper in papers if (words := paper_words(paper))}
    if not idf or not words_by_paper:
        return {}
    all_words = list(chain.from_iterable(words_by_paper.values()))
    cosines = library.word_cosines(list(idf), all_words)
    similarities = np.where(cosines > _MIN_COSINE, cosines, 0.0) ** 2
    # The column at which the words of each paper start.
    starts = np.cumsum([0, *map(len, words_by_paper.values())])[:-1]
    best = np.maximum.reduceat(similarities, starts, axis=1)
    scores = np.array(list(idf.values())) @ best
    return dict(zip(words_by_paper, map(float, scores), strict=True))
