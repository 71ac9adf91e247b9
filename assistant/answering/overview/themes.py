"""The themes of some papers: clusters of their vectors, each with a name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.library import Library
from assistant.library.paper_map import cluster_papers
from assistant.papers import Paper


@dataclass(frozen=True, slots=True)
class Theme:
    """A cluster of papers.

    Attributes:
        name: the terms that distinguish it.
        papers: nearest to the centre of the cluster first.
    """

    name: str
    papers: tuple[Paper, ...]


def themes_of(library: Library, papers: Sequence[Paper]) -> list[Theme]:
    """Return the themes of papers, the largest first."""
    chunks = library.catalogue.chunks_of([paper.id for paper in papers], "abstract")
    vectors = library.vectors_of(chunks)
    indexed = [chunk for chunk in chunks if chunk.id in vectors]
    if not indexed:
        return []
    matrix = np.stack([vectors[chunk.id] for chunk in indexed])
    clusters = cluster_papers([chunk.paper for chunk in indexed], matrix)
    position = {chunk.paper.id: index for index, chunk in enumerate(indexed)}

    def by_centrality(members: Sequence[Paper]) -> tuple[Paper, ...]:
        own = matrix[[position[paper.id] for paper in members]]
        nearness = own @ own.mean(axis=0)
        return tuple(members[i] for i in np.argsort(-nearness))

    return [Theme(name, by_centrality(members)) for name, members in clusters]
