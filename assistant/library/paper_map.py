"""A map of the papers: a 2D projection of their vectors, with clusters named by their terms.

It is cached in `map.json` until the papers change. The same papers always give the same map.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.atomic_write import write_cache
from assistant.library.cluster_names import name_clusters
from assistant.library.library import Library
from assistant.library.vector import Vector
from assistant.papers import Paper

_SEED = 20
_FILE = "map.json"
_VERSION = 3  # of cluster naming: a cached map with another version is computed again
# The number of colours that people can distinguish.
_MAX_CLUSTERS = 10
# PCA reduces the vectors to this many dimensions: t-SNE is slow on 384.
_PCA_DIMENSIONS = 50
# The maximum number of papers for t-SNE, which takes seconds for this many and minutes for more.
_MAX_PAPERS_FOR_TSNE = 3000
_PERPLEXITY = 30


@dataclass(frozen=True, slots=True)
class Point:
    """A paper on the map.

    Attributes:
        paper: the paper's id.
        x: horizontal position, from 0 (left) to 1.
        y: vertical position, from 0 (top) to 1.
        cluster: the index of its cluster.
    """

    paper: str
    x: float
    y: float
    cluster: int


@dataclass(frozen=True, slots=True)
class PaperMap:
    """The position and cluster of each paper.

    Attributes:
        points: one for each paper, in the order of the papers.
        clusters: the names of the clusters, largest cluster first.
    """

    points: tuple[Point, ...] = ()
    clusters: tuple[str, ...] = ()

    def papers_in(self, cluster: int) -> list[str]:
        """Return the ids of the papers of a cluster."""
        return [point.paper for point in self.points if point.cluster == cluster]


def load_map(library: Library) -> PaperMap:
    """Return the map of a library's papers, from the cache unless they have changed.

    Raises:
        LibraryError: the vectors cannot be read.
    """
    file = library.folder / _FILE
    fingerprint = library.fingerprint()
    if (cached := _read_cache(file, fingerprint)) is not None:
        return cached
    chunks = library.catalogue.chunks_of(
        [paper.id for paper in library.catalogue.papers()], "abstract"
    )
    vectors = library.vectors_of(chunks)
    indexed = [chunk for chunk in chunks if chunk.id in vectors]
    if not indexed:
        return PaperMap()
    paper_map = draw_map(
        [chunk.paper for chunk in indexed],
        np.stack([vectors[chunk.id] for chunk in indexed]),
        library.embedder.embed,
    )
    # An incomplete map is not cached: indexing the other papers does not change the fingerprint.
    if len(indexed) == len(chunks) and not library.catalogue.is_read_only:
        record = {"version": _VERSION, "fingerprint": fingerprint, **asdict(paper_map)}
        write_cache(file, json.dumps(record, ensure_ascii=False))
    return paper_map


def draw_map(
    papers: Sequence[Paper], vectors: Vector, embed: Callable[[Sequence[str]], Vector]
) -> PaperMap:
    """Return the map of papers.

    Args:
        papers: the papers; at least one.
        vectors: the vectors of their abstracts, shape (len(papers), dimension).
        embed: returns the vectors of texts, for the names of the clusters.
    """
    positions = _positions(vectors)
    labels, count = _clusters(vectors)
    points = tuple(
        Point(paper.id, round(float(x), 4), round(float(y), 4), int(label))
        for paper, (x, y), label in zip(papers, positions, labels, strict=True)
    )
    own = np.asarray(labels)
    centres = np.stack([vectors[own == cluster].mean(axis=0) for cluster in range(count)])
    return PaperMap(points, tuple(name_clusters(_members(papers, labels, count), centres, embed)))


def _members(papers: Sequence[Paper], labels: Sequence[int], count: int) -> list[list[Paper]]:
    return [
        [paper for paper, label in zip(papers, labels, strict=True) if label == cluster]
        for cluster in range(count)
    ]


def _read_cache(file: Path, fingerprint: str) -> PaperMap | None:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if (record.get("version"), record["fingerprint"]) != (_VERSION, fingerprint):
            return None
        points = tuple(Point(**point) for point in record["points"])
        return PaperMap(points, tuple(record["clusters"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # missing or damaged


def _positions(vectors: Vector) -> Vector:
    """Project vectors to 2D; return positions of shape (n, 2), each axis from 0 to 1."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    count = len(vectors)
    dimensions = min(_PCA_DIMENSIONS, *vectors.shape)
    if dimensions < 2:
        return np.full((count, 2), 0.5, dtype=np.float32)
    positions = PCA(dimensions, random_state=_SEED).fit_transform(vectors)
    if 5 <= count <= _MAX_PAPERS_FOR_TSNE:
        perplexity = min(_PERPLEXITY, (count - 1) / 3)
        tsne = TSNE(perplexity=perplexity, init="pca", random_state=_SEED)
        positions = tsne.fit_transform(positions)
    positions = positions[:, :2]
    low, high = positions.min(axis=0), positions.max(axis=0)
    return np.asarray((positions - low) / np.maximum(high - low, 1e-9), dtype=np.float32)


def _clusters(vectors: Vector) -> tuple[Sequence[int], int]:
    """Return the cluster of each vector, 0 for the largest, and the number of clusters."""
    from sklearn.cluster import KMeans

    distinct = len(np.unique(vectors, axis=0))
    count = min(_MAX_CLUSTERS, distinct, max(1, round(math.sqrt(len(vectors) / 2))))
    labels = KMeans(count, n_init=10, random_state=_SEED).fit_predict(vectors)
    by_size = [label for label, _ in Counter(labels.tolist()).most_common()]
    return [by_size.index(label) for label in labels.tolist()], len(by_size)
