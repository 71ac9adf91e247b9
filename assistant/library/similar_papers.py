"""Papers that are similar to a paper, by the vectors of their abstracts."""

from assistant.library.library import Library
from assistant.papers import Paper

MIN_COSINE = 0.5
"""Papers are similar from this cosine on. Of all values it tells best which sample papers share a
theme of eval/questions/broad.jsonl (tests/library/test_similar_papers.py)."""


def similar_papers(library: Library, paper: Paper, limit: int) -> list[Paper]:
    """Return up to ``limit`` similar papers, the nearest first; none if no paper is near.

    Raises:
        LibraryError: the vectors cannot be read.
    """
    chunks = library.catalogue.chunks_of([paper.id], "abstract")
    vectors = library.vectors_of(chunks)
    cosines: dict[str, float] = {}
    for vector in vectors.values():
        # One more, for the paper itself.
        for id_, cosine in library.nearest("abstract", vector, limit + 1):
            cosines[id_] = max(cosine, cosines.get(id_, 0.0))
    near = [id_ for id_, cosine in cosines.items() if cosine >= MIN_COSINE and id_ != paper.id]
    ranked = sorted(near, key=lambda id_: -cosines[id_])[:limit]
    papers = {one.id: one for one in library.catalogue.papers(ranked)}
    return [papers[id_] for id_ in ranked if id_ in papers]
