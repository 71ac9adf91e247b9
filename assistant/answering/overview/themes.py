"""The themes of a set of papers: clusters of their embeddings, each with a name."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.library import Library, Vector
from assistant.library.cluster_names import name_clusters
from assistant.papers import Paper

# More themes would be a list rather than an overview.
_MAX_THEMES = 12
# Ward linkage needs memory for all pairwise distances.
_MAX_PAPERS_FOR_WARD = 3000
_SEED = 20


@dataclass(frozen=True, slots=True)
class Theme:
    """A cluster of papers.

    Attributes:
        name: the terms that distinguish it, separated by commas.
        papers: its papers, nearest to the cluster centre first.
    """

    name: str
    papers: tuple[Paper, ...]


def themes_of(library: Library, papers: Sequence[Paper]) -> list[Theme]:
    """Return the themes of papers, largest first; papers without an embedding are left out."""
    chunks = library.catalogue.chunks_of([paper.id for paper in papers], "abstract")
    vectors = library.vectors_of(chunks)
    indexed = [chunk for chunk in chunks if chunk.id in vectors]
    if not indexed:
        return []
    matrix = np.stack([vectors[chunk.id] for chunk in indexed])
    labels = _cluster(matrix)
    clusters = [
        _by_centrality(matrix, np.flatnonzero(labels == label))
        for label, _ in Counter(labels.tolist()).most_common()
    ]
    members = [[indexed[i].paper for i in cluster] for cluster in clusters]
    centres = np.stack([matrix[cluster].mean(axis=0) for cluster in clusters])
    names = name_clusters(members, centres, library.embedder.embed)
    return [Theme(name, tuple(own)) for name, own in zip(names, members, strict=True)]


def _cluster(vectors: Vector) -> npt.NDArray[np.int64]:
    """Return the cluster label of each vector.

    There are about as many clusters as papers in each, but at most `_MAX_THEMES`.
    """
    from sklearn.cluster import AgglomerativeClustering, KMeans

    distinct = len(np.unique(vectors, axis=0))
    count = min(_MAX_THEMES, distinct, max(1, round(math.sqrt(len(vectors)))))
    if count == 1:
        return np.zeros(len(vectors), dtype=np.int64)
    if len(vectors) > _MAX_PAPERS_FOR_WARD:
        return np.asarray(KMeans(count, n_init=1, random_state=_SEED).fit_predict(vectors))
    return np.asarray(AgglomerativeClustering(count).fit_predict(vectors))


def _by_centrality(vectors: Vector, members: npt.NDArray[np.int64]) -> list[int]:
    """Return the members of a cluster, nearest to its centre first."""
    own = vectors[members]
    nearness = own @ own.mean(axis=0)
    return [int(members[i]) for i in np.argsort(-nearness)]
