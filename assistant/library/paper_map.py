"""A map of the papers: those about the same lie close together, in clusters named by their terms.

It is derived from the vectors and kept in `map.json` until the papers change. The same papers
always give the same map.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.atomic_write import write_whole
from assistant.library.library import Library
from assistant.library.vector import Vector
from assistant.papers import Paper
from assistant.text.words import content_words, stem

_SEED = 20
_FILE = "map.json"
# More colours cannot be told apart.
_MOST_CLUSTERS = 10
_TERMS_IN_A_NAME = 3
# A term that fewer of a cluster's papers have names some of them, not the cluster.
_LEAST_SHARE = 0.25
_ROW_BONUS = 0.4
_MOST_PAPERS_FOR_A_NAME = 300
# Neighbours matter, and 384 dimensions of them make t-SNE slow.
_DIMENSIONS_KEPT = 50
# t-SNE takes seconds up to here and minutes beyond.
_MOST_PAPERS_UNFOLDED = 3000
_NEIGHBOURS = 30

_WORD = re.compile(r"\w+(?:[.'+-]\w+)*")


@dataclass(frozen=True, slots=True)
class Point:
    """A paper on the map.

    Attributes:
        paper: its id.
        x: from 0, left, to 1.
        y: from 0, top, to 1.
        cluster: which of the map's clusters it belongs to, from 0.
    """

    paper: str
    x: float
    y: float
    cluster: int


@dataclass(frozen=True, slots=True)
class PaperMap:
    """Where each paper lies.

    Attributes:
        points: one a paper, in the order of the papers.
        clusters: the name of each cluster, the largest first.
    """

    points: tuple[Point, ...] = ()
    clusters: tuple[str, ...] = ()

    def of_cluster(self, cluster: int) -> list[str]:
        """Return the ids of the papers of a cluster."""
        return [point.paper for point in self.points if point.cluster == cluster]


def map_of(library: Library) -> PaperMap:
    """Return the map of a library's papers; drawn anew only if they have changed.

    Raises:
        LibraryError: the vectors cannot be read.
    """
    file = library.folder / _FILE
    fingerprint = library.fingerprint()
    if (known := _kept(file, fingerprint)) is not None:
        return known
    chunks = library.catalogue.chunks_of(
        [paper.id for paper in library.catalogue.papers()], "abstract"
    )
    vectors = library.vectors_of(chunks)
    placed = [chunk for chunk in chunks if chunk.id in vectors]
    if not placed:
        return PaperMap()
    drawn = draw_map(
        [chunk.paper for chunk in placed], np.stack([vectors[chunk.id] for chunk in placed])
    )
    # Papers that have no vectors yet get them without a change of the fingerprint.
    if len(placed) == len(chunks):
        record = {"fingerprint": fingerprint, **asdict(drawn)}
        write_whole(file, [json.dumps(record, ensure_ascii=False)], overwrite=True)
    return drawn


def draw_map(papers: Sequence[Paper], vectors: Vector) -> PaperMap:
    """Return the map of some papers.

    Args:
        papers: at least one.
        vectors: of their abstracts, shape (len(papers), dimension).
    """
    places = _places(vectors)
    labels, count = _clusters(vectors)
    points = tuple(
        Point(paper.id, round(float(x), 4), round(float(y), 4), int(label))
        for paper, (x, y), label in zip(papers, places, labels, strict=True)
    )
    clusters = [
        [paper for paper, label in zip(papers, labels, strict=True) if label == cluster]
        for cluster in range(count)
    ]
    return PaperMap(points, tuple(_names(clusters)))


def _kept(file: Path, fingerprint: str) -> PaperMap | None:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record["fingerprint"] != fingerprint:
            return None
        points = tuple(Point(**point) for point in record["points"])
        return PaperMap(points, tuple(record["clusters"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or cut short: it is drawn again


def _places(vectors: Vector) -> Vector:
    """Return a place for each vector, shape (n, 2), each axis from 0 to 1."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    count = len(vectors)
    kept = min(_DIMENSIONS_KEPT, *vectors.shape)
    if kept < 2:
        return np.full((count, 2), 0.5, dtype=np.float32)
    places = PCA(kept, random_state=_SEED).fit_transform(vectors)
    if 5 <= count <= _MOST_PAPERS_UNFOLDED:
        perplexity = min(_NEIGHBOURS, (count - 1) / 3)
        unfold = TSNE(perplexity=perplexity, init="pca", random_state=_SEED)
        places = unfold.fit_transform(places)
    places = places[:, :2]
    low, high = places.min(axis=0), places.max(axis=0)
    return np.asarray((places - low) / np.maximum(high - low, 1e-9), dtype=np.float32)


def _clusters(vectors: Vector) -> tuple[Sequence[int], int]:
    """Return the cluster of each vector, the largest being 0, and how many clusters there are."""
    from sklearn.cluster import KMeans

    distinct = len(np.unique(vectors, axis=0))
    wanted = min(_MOST_CLUSTERS, distinct, max(1, round(math.sqrt(len(vectors) / 2))))
    labels = KMeans(wanted, n_init=10, random_state=_SEED).fit_predict(vectors)
    by_size = [label for label, _ in Counter(labels.tolist()).most_common()]
    return [by_size.index(label) for label in labels.tolist()], len(by_size)


def _terms(paper: Paper) -> frozenset[str]:
    """Return the content words of a paper, and what they are called two or three in a row."""
    text = f"{paper.title}. {paper.abstract}"
    content = {word for word in content_words(text) if len(word) > 2 and not word[0].isdigit()}
    words = [match.group().lower() for match in _WORD.finditer(text)]
    rows = (words[at : at + length] for length in (2, 3) for at in range(len(words) - length + 1))
    return frozenset(content).union(" ".join(row) for row in rows if content.issuperset(row))


def _names(clusters: Sequence[Sequence[Paper]]) -> list[str]:
    """Name each cluster by the terms that many of its papers have and few of the others.

    A term weighs its document frequency in the cluster times the logarithm of how many times more
    frequent it is there than elsewhere: TF-IDF, with a cluster for a document.
    """
    # Of a large cluster some tell what it is about; all would fill the memory with their terms.
    terms = [[_terms(paper) for paper in _some(papers)] for papers in clusters]
    counts = [Counter(term for one in of_cluster for term in one) for of_cluster in terms]
    everywhere = sum(counts, Counter[str]())
    total = sum(map(len, terms))
    names = []
    for here, of_cluster in zip(counts, terms, strict=True):
        size = len(of_cluster)

        def weight(term: str, here: Counter[str] = here, size: int = size) -> float:
            share = here[term] / size
            elsewhere = (everywhere[term] - here[term]) / max(total - size, 1)
            told_apart = math.log((share + 1 / total) / (elsewhere + 1 / total))
            # Words in a row say more than one of them.
            return share * told_apart * (1 + _ROW_BONUS * term.count(" "))

        shared = [term for term in here if here[term] >= _LEAST_SHARE * size]
        names.append(", ".join(_distinct(sorted(shared, key=lambda term: (-weight(term), term)))))
    return names


def _some(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return evenly spread papers, all if there are few."""
    return papers[:: -(-len(papers) // _MOST_PAPERS_FOR_A_NAME)]


def _distinct(ranked: Sequence[str]) -> list[str]:
    """Return the first few terms that have no word in common."""
    chosen: list[str] = []
    used: set[str] = set()
    for term in ranked:
        stems = set(map(stem, term.split()))
        if not stems & used:
            chosen.append(term)
            used |= stems
        if len(chosen) == _TERMS_IN_A_NAME:
            break
    return chosen
