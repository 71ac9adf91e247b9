"""Scores how well papers fit a topic, without the language model."""

from collections.abc import Mapping, Sequence

from assistant.library import Library, Scope
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.retrieval.idf import inverse_document_frequencies, paper_stems
from assistant.settings import Settings
from assistant.text.words import content_words, stem

# A paper's score is the cosine of its nearest chunk or abstract to the topic, plus the share of the
# topic's words that it has (weighted by inverse document frequency), with this weight.
_WORDS_WEIGHT = 0.5
# Minimum score of the paper that a description refers to.
_MIN_SCORE_OF_BEST = 0.45
# Minimum score of a paper that is about a topic.
_MIN_SCORE = 0.55
# The number of nearest chunks, and of nearest abstracts, that are compared with the topic.
_CANDIDATES = 300


def described_paper(
    library: Library, settings: Settings, description: str, scope: Scope
) -> Paper | None:
    """Return the paper in a scope that best fits a description; None if none fits."""
    ranked = retrieve(library, description, settings, scope).papers
    scores = topic_scores(library, description, scope, [one.paper for one in ranked])
    return next((one.paper for one in ranked if scores[one.paper.id] >= _MIN_SCORE_OF_BEST), None)


def papers_about(
    library: Library, topic: str, scope: Scope, papers: Sequence[Paper]
) -> list[Paper]:
    """Return the papers that are about a topic, best first.

    Args:
        library: the library with the papers.
        topic: the topic, in a few words.
        scope: the scope of the papers.
        papers: the papers to choose from.
    """
    scores = topic_scores(library, topic, scope, papers)
    fitting = [paper for paper in papers if scores[paper.id] >= _MIN_SCORE]
    return sorted(fitting, key=lambda paper: -scores[paper.id])


def topic_scores(
    library: Library, topic: str, scope: Scope, papers: Sequence[Paper]
) -> Mapping[str, float]:
    """Return the score of each paper for a topic, by paper id."""
    vector = library.embedder.embed_question(topic)
    cosines: dict[str, float] = {}
    for level in ("chunk", "abstract"):
        for paper_id, cosine in library.nearest(level, vector, _CANDIDATES, scope):
            cosines[paper_id] = max(cosine, cosines.get(paper_id, 0.0))
    idf = inverse_document_frequencies(library, content_words(topic))
    weights = {stem(word): value for word, value in idf.items()}
    total = sum(weights.values()) or 1.0
    return {
        paper.id: cosines.get(paper.id, 0.0)
        + _WORDS_WEIGHT
        * sum(value for word, value in weights.items() if word in paper_stems(paper))
        / total
        for paper in papers
    }
