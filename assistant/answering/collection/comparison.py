"""Comparisons of two named things: evidence comes from the papers that present them."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collection.name_pattern import NamePattern, name_pattern
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import RankedPaper, Retrieval, restrict_evidence, select_evidence
from assistant.text.name_matching import strip_accents


def retrieve_compared(
    library: Library,
    question: str,
    sides: Sequence[str],
    retrieval: Retrieval,
    count: int,
    scope: Scope = EVERYTHING,
) -> Retrieval:
    """Return a retrieval led by the papers that present two things, with evidence from them.

    Args:
        library: the library that was searched.
        question: in natural language.
        sides: the names of the two things.
        retrieval: the result to modify. It is returned unchanged if no paper has one of the names
            in its title or mentions both.
        count: the maximum number of evidence sentences per paper if there are two papers; a single
            paper contributes its whole abstract.
        scope: the papers to consider.
    """
    order = _papers_on_sides(sides, library.catalogue.papers_in(scope))
    if not order:
        return retrieval
    scores = {ranked.paper.id: ranked.score for ranked in retrieval.papers}
    rest = [ranked for ranked in retrieval.papers if ranked.paper not in order]
    best = max(scores.values(), default=0.0)
    moved = [RankedPaper(paper, scores.get(paper.id, best)) for paper in order]
    found = replace(retrieval, papers=(*moved, *rest), ambiguity="two" if len(order) > 1 else "one")
    if len(order) == 1:
        return restrict_evidence(library, question, found, order, sys.maxsize)
    vector = library.embedder.embed_question(question)
    evidence = tuple(
        sentence
        for paper in order
        for sentence in select_evidence(library, question, vector, [(paper, 0.0)], count)
    )
    return replace(found, evidence=evidence)


def _papers_on_sides(sides: Sequence[str], papers: Sequence[Paper]) -> list[Paper]:
    """Return the paper that presents each side.

    If a side has none, return a single paper that mentions both sides, if there is one.
    """
    texts = [strip_accents(paper.text) for paper in papers]
    names = [name_pattern(side, texts) for side in sides]
    presenting = [_presenting_paper(name, papers) for name in names]
    if None in presenting:
        mention_both = [
            paper
            for paper, text in zip(papers, texts, strict=True)
            if all(name.matches(text) for name in names)
        ]
        if mention_both:
            return [max(mention_both, key=lambda paper: paper in presenting)]
    return list(dict.fromkeys(paper for paper in presenting if paper is not None))


def _presenting_paper(name: NamePattern, papers: Sequence[Paper]) -> Paper | None:
    """Return the paper with a name in its title; of several, the one with the shortest title."""
    titled = [paper for paper in papers if name.matches(paper.title)]
    return min(titled, key=lambda paper: len(paper.title), default=None)
