"""Two named things to compare: the papers that present them become the evidence."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collection.name_filter import Name, name_of
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import RankedPaper, Retrieval, choose_evidence, narrow


def compared(
    library: Library,
    question: str,
    sides: Sequence[str],
    retrieval: Retrieval,
    count: int,
    scope: Scope = EVERYTHING,
) -> Retrieval:
    """Return a retrieval whose evidence is of the papers that present two things.

    Args:
        library: that was searched.
        question: in plain words.
        sides: the names of the two things.
        retrieval: what was found.
        count: how many sentences of each of two papers become evidence at most.
        scope: the papers that count.

    Returns:
        The retrieval as it was if no paper has one of the names in its title, or both.
    """
    order = _papers_of(sides, library.catalogue.papers_in(scope))
    if not order:
        return retrieval
    scores = {ranked.paper.id: ranked.score for ranked in retrieval.papers}
    rest = [ranked for ranked in retrieval.papers if ranked.paper not in order]
    best = max(scores.values(), default=0.0)
    moved = [RankedPaper(paper, scores.get(paper.id, best)) for paper in order]
    found = replace(retrieval, papers=(*moved, *rest), ambiguity="two" if len(order) > 1 else "one")
    if len(order) == 1:
        return narrow(library, question, found, order, sys.maxsize)
    vector = library.embedder.embed_question(question)
    evidence = tuple(
        one
        for paper in order
        for one in choose_evidence(library, question, vector, [(paper, 0.0)], count)
    )
    return replace(found, evidence=evidence)


def _papers_of(sides: Sequence[str], papers: Sequence[Paper]) -> list[Paper]:
    """Return the paper of each side; one alone if it tells of both and there is no other."""
    texts = [f"{paper.title}\n{paper.abstract}" for paper in papers]
    names = [name_of(side, texts) for side in sides]
    presenting = [_presents(name, papers) for name in names]
    if None in presenting:
        telling = [
            paper
            for paper, text in zip(papers, texts, strict=True)
            if all(name.within(text) for name in names)
        ]
        if telling:
            return [max(telling, key=lambda paper: paper in presenting)]
    return list(dict.fromkeys(paper for paper in presenting if paper is not None))


def _presents(name: Name, papers: Sequence[Paper]) -> Paper | None:
    """Return the paper that has a name in its title; of several the one that says least else."""
    titled = [paper for paper in papers if name.within(paper.title)]
    return min(titled, key=lambda paper: len(paper.title), default=None)
