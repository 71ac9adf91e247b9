"""Similar papers, and from which cosine on papers are similar."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation import load_questions
from assistant.library import Embedder, Library, Vector
from assistant.library.similar_papers import MIN_COSINE, similar_papers
from assistant.papers import Paper

_BROAD = Path(__file__).parents[2] / "eval" / "questions" / "broad.jsonl"


@pytest.fixture(scope="module")
def library(sample_library_folder: Path, embedder: Embedder) -> Iterator[Library]:
    library = Library(sample_library_folder, embedder)
    yield library
    library.close()


def _vectors(library: Library, papers: Sequence[Paper]) -> Vector:
    """Return the vectors of abstracts."""
    chunks = library.catalogue.chunks_of([paper.id for paper in papers], "abstract")
    vectors = library.vectors_of(chunks)
    of_paper = {chunk.paper.id: vectors[chunk.id] for chunk in chunks}
    return np.stack([of_paper[paper.id] for paper in papers])


def test_nearest_papers_are_similar_without_the_paper_itself(library: Library) -> None:
    paper = next(one for one in library.catalogue.papers() if "Adversarial" in one.title)
    found = similar_papers(library, paper, 4)
    assert len(found) == 4
    assert paper not in found
    [own, *others] = _vectors(library, [paper, *found])
    cosines = [float(own @ other) for other in others]
    assert cosines == sorted(cosines, reverse=True)


def test_no_paper_is_similar_where_none_is_near(
    tmp_path: Path, embedder: Embedder, made_up_papers: Sequence[Paper]
) -> None:
    with closing(Library(tmp_path, embedder)) as library:
        library.add(made_up_papers)
        assert all(similar_papers(library, paper, 4) == [] for paper in made_up_papers)


def test_threshold_tells_best_which_papers_share_a_theme(library: Library) -> None:
    papers = library.catalogue.papers()
    numbers = {paper.title.casefold(): number for number, paper in enumerate(papers)}
    vectors = _vectors(library, papers)
    shared = {
        pair
        for question in load_questions(_BROAD)
        if question.broad
        for theme in question.broad.themes
        for pair in combinations(sorted(numbers[title.casefold()] for title in theme.papers), 2)
    }
    pairs = list(combinations(range(len(papers)), 2))
    cosines = np.array([float(vectors[one] @ vectors[other]) for one, other in pairs])
    is_shared = np.array([pair in shared for pair in pairs])

    def f1(threshold: float) -> float:
        shown = cosines >= threshold
        return float(2 * (shown & is_shared).sum() / (shown.sum() + is_shared.sum()))

    candidates = [step / 20 for step in range(4, 15)]
    assert max(candidates, key=f1) == MIN_COSINE
