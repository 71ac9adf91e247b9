"""Names of clusters of papers."""

from assistant.library.cluster_names import name_clusters
from assistant.papers import Paper


def _papers(subject: str, title: str, count: int = 6) -> list[Paper]:
    abstract = (
        f"We train a large language model on text. Experiments show new results on {subject}."
    )
    return [Paper(title=f"{title} {number}", abstract=abstract) for number in range(count)]


def test_name_consists_of_terms_that_distinguish_the_cluster() -> None:
    continual = _papers("continual learning", "Continual Learning Without Forgetting")
    images = _papers("image encoders", "Image Encoders for Language Models")
    names = name_clusters([continual, images])
    assert names[0].startswith("continual learning")
    assert names[1].startswith("image encoders")
    for name in names:
        assert not {"large", "language", "text", "new", "results"} & set(name.split())


def test_phrase_does_not_cross_punctuation() -> None:
    papers = _papers("language models (LLMs)", "Reasoning: Planning and Search")
    [name, _] = name_clusters([papers, _papers("bread", "Bread")])
    assert "reasoning planning" not in name


def test_cluster_of_one_paper_and_of_common_words_has_a_name() -> None:
    paper = Paper(title="New Results", abstract="New results.")
    assert all(name_clusters([[paper], [paper]]))
