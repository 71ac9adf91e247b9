"""The map of the papers: positions, clusters and caching."""

import numpy as np
from word_embedder import WordEmbedder

from assistant.library import Library, Vector
from assistant.library.paper_map import draw_map, load_map
from assistant.papers import Paper
from assistant.text.sentences import Span

_WORDS = WordEmbedder()
_TOPICS = {
    "glaciers": "Glaciers melt in the mountains. Ice sheets lose mass every summer.",
    "bread": "Bread dough rises with yeast. Sourdough loaves taste of acid.",
    "trams": "Trams run on rails. Rubber wheels make the city quieter.",
}


def _papers_and_vectors() -> tuple[list[Paper], Vector]:
    """Return eight papers on each of three topics, with vectors that are close within a topic."""
    papers = [
        Paper(title=f"Study {number} of {name}", abstract=abstract)
        for name, abstract in _TOPICS.items()
        for number in range(8)
    ]
    return papers, _WORDS.embed([paper.text for paper in papers])


def test_papers_on_one_topic_form_a_cluster_named_by_their_terms() -> None:
    papers, vectors = _papers_and_vectors()
    drawn = draw_map(papers, vectors, _WORDS.embed)

    assert [point.paper for point in drawn.points] == [paper.id for paper in papers]
    assert all(0 <= at <= 1 for point in drawn.points for at in (point.x, point.y))
    clusters = [{point.cluster for point in drawn.points[at : at + 8]} for at in (0, 8, 16)]
    assert len(drawn.clusters) == 3
    assert all(len(cluster) == 1 for cluster in clusters)
    for word, cluster in zip(_TOPICS, clusters, strict=True):
        assert word in drawn.clusters[next(iter(cluster))]
        assert len(drawn.papers_in(next(iter(cluster)))) == 8


def test_same_papers_give_same_map() -> None:
    papers, vectors = _papers_and_vectors()
    assert draw_map(papers, vectors, _WORDS.embed) == draw_map(papers, vectors, _WORDS.embed)


def test_map_of_few_papers_has_finite_positions() -> None:
    papers, vectors = _papers_and_vectors()
    for count in range(1, 8):
        drawn = draw_map(papers[:count], vectors[:count], _WORDS.embed)
        assert len(drawn.points) == count
        assert all(np.isfinite([point.x, point.y]).all() for point in drawn.points)


def test_papers_with_identical_vectors_form_one_cluster() -> None:
    papers, vectors = _papers_and_vectors()
    drawn = draw_map(papers[:6], np.repeat(vectors[:1], 6, axis=0), _WORDS.embed)
    assert drawn.papers_in(0) == [paper.id for paper in papers[:6]]


def test_map_is_cached_until_papers_change(small_library: Library) -> None:
    drawn = load_map(small_library)
    cache = small_library.folder / "map.json"
    written = cache.stat().st_mtime_ns
    assert {point.paper for point in drawn.points} == {
        paper.id for paper in small_library.catalogue.papers()
    }

    assert load_map(small_library) == drawn
    assert cache.stat().st_mtime_ns == written

    small_library.remove([drawn.points[0].paper])
    assert len(load_map(small_library).points) == 4


def test_incomplete_map_is_not_cached(
    small_library: Library,
) -> None:
    paper = Paper(title="Snail Mail", abstract="Snails carry letters.")
    small_library.catalogue.store([(paper, [("abstract", Span(0, len(paper.abstract)))])])
    assert len(load_map(small_library).points) == 5
    small_library.reindex()
    assert len(load_map(small_library).points) == 6


def test_damaged_cache_is_replaced(small_library: Library) -> None:
    drawn = load_map(small_library)
    cache = small_library.folder / "map.json"
    undamaged = cache.read_text(encoding="utf-8")
    cache.write_text(undamaged[: len(undamaged) // 2], encoding="utf-8")
    assert load_map(small_library) == drawn
    assert cache.read_text(encoding="utf-8") == undamaged


def test_empty_library_has_empty_map(small_library: Library) -> None:
    small_library.remove([paper.id for paper in small_library.catalogue.papers()])
    assert load_map(small_library).points == ()
