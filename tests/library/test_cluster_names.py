"""Names of clusters of papers."""

from collections.abc import Sequence

import numpy as np

from assistant.library import Embedder
from assistant.library.cluster_names import name_clusters
from assistant.papers import Paper, sample_papers


def _papers(subject: str, title: str, count: int = 6) -> list[Paper]:
    abstract = (
        f"We train a large language model on text. Experiments show new results on {subject}."
    )
    return [Paper(title=f"{title} {number}", abstract=abstract) for number in range(count)]


def _names(embedder: Embedder, *clusters: Sequence[Paper]) -> list[str]:
    centres = [embedder.embed([paper.text for paper in one]).mean(axis=0) for one in clusters]
    return name_clusters(clusters, np.stack(centres), embedder.embed)


def test_name_consists_of_terms_that_distinguish_the_cluster(embedder: Embedder) -> None:
    continual = _papers("continual learning", "Continual Learning Without Forgetting")
    images = _papers("image encoders", "Image Encoders for Language Models")
    names = _names(embedder, continual, images)
    assert names[0].startswith("continual learning")
    assert names[1].startswith("image encoders")
    for name in names:
        assert not {"large", "language", "text", "new", "results"} & set(name.split())


def test_frequent_word_that_is_not_about_the_subject_names_no_cluster(embedder: Embedder) -> None:
    glaciers = _papers("glaciers", "Glacier Melt, Continued, in the Technical Sense")
    bread = _papers("bread", "Bread Dough")
    [name, _] = _names(embedder, glaciers, bread)
    assert "glacier" in name
    assert not {"continued", "technical", "sense"} & set(name.replace(",", "").split())


def test_no_term_names_two_clusters(embedder: Embedder) -> None:
    papers = sample_papers()
    # Not the clusters of a map: neighbours in the file are about anything.
    names = _names(embedder, *(papers[at : at + 20] for at in range(0, 100, 20)))
    terms = [term for name in names for term in name.split(", ")]
    assert len(terms) == len(set(terms))
    assert all(names)


def test_phrase_does_not_cross_punctuation(embedder: Embedder) -> None:
    papers = _papers("language models (LLMs)", "Reasoning: Planning and Search")
    [name, _] = _names(embedder, papers, _papers("bread", "Bread"))
    assert "reasoning planning" not in name


def test_cluster_of_one_paper_and_of_common_words_has_a_name(embedder: Embedder) -> None:
    paper = Paper(title="New Results", abstract="New results.")
    assert all(_names(embedder, [paper], [paper]))
