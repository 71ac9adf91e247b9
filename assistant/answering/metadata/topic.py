"""How well papers fit a subject, without the language model."""

from collections.abc import Mapping, Sequence

from assistant.library import Library, Scope
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.retrieval.idf import inverse_document_frequencies, paper_stems
from assistant.settings import Settings
from assistant.text.words import content_words, stem

# A paper's score is the cosine of its nearest sentence, chunk or abstract to the subject, plus the
# share of the subject's words that it has, with this weight.
_WORDS_WEIGHT = 0.5
# The best paper for a description is the one meant from this score on.
_MIN_SCORE_OF_BEST = 0.45
# A paper is about a subject from this score on.
_MIN_SCORE = 0.55
# The number of nearest chunks and abstracts that are compared with the subject.
_CANDIDATES = 300


def described_paper(
    library: Library, settings: Settings, description: str, scope: Scope
) -> Paper | None:
    """Return the paper of a scope that a description fits best; None if it fits none."""
    ranked = retrieve(library, description, settings, scope).papers
    scores = topic_scores(library, description, scope, [one.paper for one in ranked])
    return next((one.paper for one in ranked if scores[one.paper.id] >= _MIN_SCORE_OF_BEST), None)


def papers_about(
    library: Library, topic: str, scope: Scope, papers: Sequence[Paper]
) -> list[Paper]:
    """Return the papers that are about a subject, best first.

    Args:
        library: with the papers.
        topic: the subject, in a few words.
        scope: of the papers.
        papers: to choose from.
    """
    scores = topic_scores(library, topic, scope, papers)
    fitting = [paper for paper in papers if scores[paper.id] >= _MIN_SCORE]
    return sorted(fitting, key=lambda paper: -scores[paper.id])


def topic_scores(
    library: Library, topic: str, scope: Scope, papers: Sequence[Paper]
) -> Mapping[str, float]:
    """Return the score of each paper for a subject, by paper id."""
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
