"""Finds papers by metadata in the search text: ``Ed Hail 2020`` or ``Journal of Snow``."""

from dataclasses import replace

from assistant.library import EVERYTHING, Library, Scope
from assistant.retrieval.retrieve import RankedPaper, Retrieval


def put_named_papers_first(
    library: Library, text: str, retrieval: Retrieval, count: int, scope: Scope = EVERYTHING
) -> Retrieval:
    """Return a retrieval with the papers moved to the top whose metadata the text names.

    Args:
        library: the library that was searched.
        text: the search text.
        retrieval: the result to change.
        count: the maximum number of papers.
        scope: the papers that were searched.
    """
    ids = library.catalogue.words.match_metadata(text, count, scope)
    if not ids:
        return retrieval
    scores = {ranked.paper.id: ranked.score for ranked in retrieval.papers}
    best = max(scores.values(), default=1.0)
    found = {paper.id: paper for paper in library.catalogue.papers(ids)}
    first = [RankedPaper(found[id_], scores.get(id_, best)) for id_ in ids if id_ in found]
    rest = [ranked for ranked in retrieval.papers if ranked.paper.id not in found]
    return replace(retrieval, papers=(*first, *rest)[:count])
