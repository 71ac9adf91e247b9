"""Checks that hold for every library at rest."""

from typing import get_args

from assistant.library import Library
from assistant.library.catalogue import SEARCHED, Level
from assistant.library.index.vectors import Vectors


def assert_consistent(library: Library) -> None:
    """Assert that each chunk has a vector and that there are no others."""
    catalogue = library.catalogue
    assert catalogue.pending.count_papers() == 0
    assert catalogue.pending.stale_vectors() == []
    chunks = catalogue.chunks_of([paper.id for paper in catalogue.papers()])
    for level in get_args(Level):
        of_level = [chunk for chunk in chunks if chunk.level == level]
        assert set(library.vectors_of(of_level)) == {chunk.id for chunk in of_level}
    stored = Vectors(library.folder, library.embedder, catalogue)
    assert stored.count() == sum(chunk.level in SEARCHED for chunk in chunks)
    stored.close()


def assert_finds_all(library: Library) -> None:
    """Assert that searching for each title, by vector and by words, finds its paper."""
    papers = library.catalogue.papers()
    vectors = library.embedder.embed([paper.title for paper in papers])
    for paper, vector in zip(papers, vectors, strict=True):
        nearest = [id_ for id_, _ in library.nearest("chunk", vector, 3)]
        assert paper.id in nearest, paper.title
        words = paper.title.lower().split()
        assert paper.id in [id_ for id_, _ in library.catalogue.words.match(words, 60)]
